import { type CanActivate, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Rehearsal, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type FastifyReply } from 'fastify';
import { type SignedInRequest } from './access.js';
import { type HttpCommandClass } from './act.js';
import { servedCommand } from './command-controller.js';
import { CommandGateway } from './command-gateway.js';
import { ProblemDetailsFilter } from './problem-details.filter.js';

/** An act, and whether the person who asks may do it now. */
export type AllowedAct = {
  /** Name of the command. */
  readonly act: string;
  /** What officials call it. */
  readonly actZh: string;
  readonly actEn: string;
  /** Where it is posted. */
  readonly path: string;
  /** True when the command is accepted with a body that is complete for it. */
  readonly allowed: boolean;
  /** Code of the refusal; null when it is allowed. */
  readonly code: string | null;
  /** The article that the refusal rests on, in the language asked for; null when there is none. */
  readonly article: string | null;
  /** The refusal in words; null when it is allowed. */
  readonly zh: string | null;
  readonly en: string | null;
};

/** An act to ask about. */
export type Probe = {
  readonly command: HttpCommandClass;
  readonly zh: string;
  readonly en: string;
  /** Bodies that are complete for it, the likeliest first: one of them accepted is enough. At least one. */
  readonly bodies: () => readonly object[] | Promise<readonly object[]>;
};

/** The guards that a command passes before its body is read, in their order. Made by the composition root. */
export const COMMAND_GUARDS = Symbol('CommandGuards');

type Asking = {
  readonly id: string;
  readonly probes: readonly Probe[];
  /** A rehearsal that has read the thing already. */
  readonly begun?: Rehearsal;
  /** Under which an agent would act, where the request names none. */
  readonly mandate?: string;
};

/** One act that was asked about; null where it was accepted. */
type Outcome = { readonly error: unknown } | null;

/**
 * What a person may do: each act goes the way of its command, through the guards, the gateway, the handler and the decider, in a
 * rehearsal. So there is no second list of rules, and what is refused here is refused with the same code and article there.
 */
@Injectable()
export class MayI {
  constructor(
    private readonly modules: ModuleRef,
    private readonly gateway: CommandGateway,
    private readonly problems: ProblemDetailsFilter,
  ) {}

  /**
   * The acts on one thing for the person of the request; null while the log cannot be asked.
   */
  async ask(
    request: SignedInRequest,
    { id, probes, begun, mandate }: Asking,
  ): Promise<readonly AllowedAct[] | null> {
    const rehearsal = begun ?? new Rehearsal();
    const outcomes: Outcome[] = [];
    try {
      for (const probe of probes) {
        outcomes.push(await this.outcome(asPosted(request, id, mandate), probe, rehearsal));
      }
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
    return this.answer(request, id, probes, outcomes);
  }

  /** Made by the areas, which this one knows nothing of. */
  private get guards(): readonly CanActivate[] {
    return this.modules.get<readonly CanActivate[]>(COMMAND_GUARDS, { strict: false });
  }

  private async answer(
    request: SignedInRequest,
    id: string,
    probes: readonly Probe[],
    outcomes: readonly Outcome[],
  ): Promise<readonly AllowedAct[]> {
    const asked = probes.map((probe, index) => ({ probe, outcome: outcomes[index] ?? null }));
    const refused = asked.flatMap(({ probe, outcome }) =>
      outcome === null ? [] : [{ error: outcome.error, instance: pathOf(probe, id) }],
    );
    const bodies = await this.problems.bodiesOf(refused, request.headers['accept-language']);
    const left = [...bodies];
    return asked.map(({ probe, outcome }) => {
      const problem = outcome === null ? undefined : left.shift();
      return {
        act: servedCommand(probe.command).route.act.type,
        ...{ actZh: probe.zh, actEn: probe.en },
        path: pathOf(probe, id),
        allowed: problem === undefined,
        code: problem?.code ?? null,
        article: problem?.article ?? null,
        zh: problem?.messages.zh ?? null,
        en: problem?.messages.en ?? null,
      };
    });
  }

  /** The refusal of the likeliest body where none is accepted. */
  private async outcome(
    posted: SignedInRequest,
    { command, bodies }: Probe,
    rehearsal: Rehearsal,
  ): Promise<Outcome> {
    const { route, controller, handle } = servedCommand(command);
    const context = new ExecutionContextHost([posted, NO_REPLY], controller, handle);
    let first: Outcome = null;
    try {
      for (const guard of this.guards) await guard.canActivate(context);
    } catch (error) {
      return refusalOrFault(error);
    }
    for (const body of await bodies()) {
      try {
        await this.gateway.rehearse(route, { ...posted, body }, rehearsal.another());
        return null;
      } catch (error) {
        first ??= refusalOrFault(error);
      }
    }
    return first;
  }
}

/** @throws StoreUnavailable, which says nothing of the act */
function refusalOrFault(error: unknown): Outcome {
  if (error instanceof StoreUnavailable) throw error;
  return { error };
}

const pathOf = ({ command }: Probe, id: string): string => {
  const { base, act } = servedCommand(command).route;
  return `/api/v1/${base}/${id}/${act.path}`;
};

/** Guards of commands write nothing to the reply. */
const NO_REPLY = {} as FastifyReply;

/** Headers that are about one command, and not about who sends it. */
const OF_ONE_COMMAND = ['idempotency-key', 'if-match', 'if-none-match', 'prefer', 'content-length'];

/** The request as if the person had posted the command; what guards find out about it stays with this copy. */
function asPosted(request: SignedInRequest, id: string, mandate: string | undefined): SignedInRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !OF_ONE_COMMAND.includes(name)),
  );
  if (mandate !== undefined) headers['mandate'] ??= mandate;
  const own = { headers, id: request.id, method: 'POST', params: { id }, query: {} };
  const properties = Object.entries(own).map(([name, value]) => [name, { value, enumerable: true }] as const);
  return Object.create(request, Object.fromEntries(properties)) as SignedInRequest;
}
