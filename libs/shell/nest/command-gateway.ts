import { deepFreeze, Rehearsal, THING_ID, ID } from '#libs/engine/event-sourcing';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { type JsonObject, type Receipt } from '#libs/engine/event-sourcing';
import { LawCatalogue } from '#libs/law/citations';
import { type FastifyReply } from 'fastify';
import { actOf, type ActDefinition, type HttpCommand, type HttpCommandClass } from './act.js';
import { type SignedInRequest } from './access.js';
import { checkedProperties } from './class-metadata.js';
import { citationFault, hasCitations } from './citations.js';
import { CommandMetaReader } from './command-meta.js';
import { type DryRun, dryRun } from './dry-run.js';
import { HttpProblem, invalid } from './http-problem.js';
import { Metrics } from './metrics.js';
import { DRY_RUN, prefersDryRun } from './preference.js';
import { refusalOf } from './problem-details.js';
import { hasReferences, namedThings, References } from './references.js';
import { bodyReader } from './validate.js';
import { hasWordings, wordingFault } from './wordings.js';

/** The answer to a command; positions and revisions are strings. */
export type CommandAnswer = { readonly id: string; readonly revision: string; readonly position: string };

/** As much of a request as a command is made of. */
export type CommandRequest = Pick<
  SignedInRequest,
  'headers' | 'actor' | 'id' | 'onBehalfOf' | 'delegation' | 'params' | 'body'
>;

/** One command's way in: where it is posted and how its body is read. Made once, at start. */
export interface CommandRoute {
  readonly act: ActDefinition;
  /** The area's part of the URL, `applications`. */
  readonly base: string;
  /** True when the id of a new thing comes in the body and there is none in the URL. */
  readonly collection: boolean;
  /** True when the command itself says what ids it takes. */
  readonly idDeclared: boolean;
  readonly read: (body: unknown) => HttpCommand;
  /** The command's class, where fields of it name things that have to be there; else null. */
  readonly naming: HttpCommandClass | null;
  /** The command's class, where fields of it cite law or are in the words of the caller; else null. */
  readonly citing: HttpCommandClass | null;
  readonly details: ((command: HttpCommand) => JsonObject) | null;
}

export function commandRoute(
  base: string,
  command: HttpCommandClass,
  details: CommandRoute['details'] = null,
): CommandRoute {
  const act = actOf(command);
  const collection = act.path === '';
  const idDeclared = checkedProperties(command).some((property) => property.name === 'id');
  const read = bodyReader(command, collection && !idDeclared ? ['id'] : []);
  const naming = hasReferences(command) ? command : null;
  const citing = hasCitations(command) || hasWordings(command) ? command : null;
  return { act, base, collection, idDeclared, read, naming, citing, details };
}

/** Takes a request to the CommandBus and its receipt back to the caller: the whole of what a command's route does. */
@Injectable()
export class CommandGateway {
  private running = 0;
  private onIdle: (() => void) | null = null;

  constructor(
    private readonly bus: CommandBus,
    private readonly meta: CommandMetaReader,
    private readonly metrics: Metrics,
    private readonly modules: ModuleRef,
    private readonly laws: LawCatalogue,
  ) {}

  async run(
    route: CommandRoute,
    request: SignedInRequest,
    reply: FastifyReply,
  ): Promise<CommandAnswer | DryRun> {
    const { type } = route.act;
    this.running++;
    try {
      if (prefersDryRun(request.headers.prefer)) {
        const answer = await this.rehearse(route, request);
        this.metrics.command(type, 'rehearsed');
        void reply.status(200).header('preference-applied', DRY_RUN);
        return answer;
      }
      const { command, receipt } = await this.execute(route, request);
      this.metrics.command(type, receipt.replayed ? 'replayed' : 'done');
      return answer(route, command, receipt, reply);
    } catch (error) {
      this.metrics.command(type, (refusalOf(error)?.status ?? 500) < 500 ? 'refused' : 'failed');
      throw error;
    } finally {
      if (--this.running === 0) this.onIdle?.();
    }
  }

  /** What the command of a request would record. Nothing is stored, and it is refused as the command itself would be. */
  async rehearse(
    route: CommandRoute,
    request: CommandRequest,
    rehearsal: Rehearsal = new Rehearsal(),
  ): Promise<DryRun> {
    const { command, receipt } = await rehearsal.run(() => this.execute(route, request));
    return dryRun(command, receipt, rehearsal.events);
  }

  private async execute(
    route: CommandRoute,
    request: CommandRequest,
  ): Promise<{ readonly command: HttpCommand; readonly receipt: Receipt }> {
    const command = this.command(route, request);
    if (route.citing !== null) this.readCitations(route.citing, command);
    if (route.naming !== null) await this.lookUp(route.naming, command);
    // From here on it is what the caller sent: what is looked up for it goes next to it.
    const receipt = await this.bus.execute<Receipt>(deepFreeze(command));
    return { command, receipt };
  }

  /** Resolves once no command is running, including those whose caller left without waiting for the answer. */
  async idle(): Promise<void> {
    while (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
      });
    }
  }

  /** A bad citation, or a text that says nothing, is refused at the same step as a thing that does not exist: after the check of what the caller may do. */
  private readCitations(citing: HttpCommandClass, command: HttpCommand): void {
    const unmet = citationFault(this.laws, citing, command) ?? wordingFault(citing, command);
    if (unmet !== null) command.meta = { ...command.meta, unmet };
  }

  /** What is not there is for the runner to refuse: whether the caller may do this at all comes first, and a retry does. */
  private async lookUp(naming: HttpCommandClass, command: HttpCommand): Promise<void> {
    const things = namedThings(naming, command);
    if (things.length === 0 || command.meta.unmet !== undefined) return;
    // Made by an area, which this one knows nothing of.
    const references = this.modules.get(References, { strict: false });
    const unmet = await references.missing(things, command.meta);
    if (unmet !== null) command.meta = { ...command.meta, unmet };
  }

  private command(route: CommandRoute, request: CommandRequest): HttpCommand {
    const idInUrl = route.collection ? null : idOfUrl(request.params);
    const command = route.read(request.body);
    const id = idInUrl ?? (route.idDeclared ? command.id : idOfBody(request.body));
    command.id = id;
    command.meta = this.meta.read(request, {
      act: route.act.type,
      address: `${route.base}/${route.collection ? '' : id}`,
      thing: `${route.base}/${id}`,
    });
    return command;
  }
}

/** The thing that a route's address names. @throws HttpProblem 404 when nothing can have that name */
export function idOfUrl(params: unknown): string {
  const id = (params as { readonly id?: string }).id ?? '';
  if (!THING_ID.test(id)) throw new HttpProblem(404, 'http.not-found');
  return id;
}

function idOfBody(body: unknown): string {
  const id: unknown =
    typeof body === 'object' && body !== null ? (body as { readonly id?: unknown }).id : undefined;
  if (id === undefined) throw invalid('id', 'is required', '必须填写');
  if (typeof id !== 'string' || !ID.test(id)) {
    throw invalid(
      'id',
      'must be 1 to 100 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
      '须为 1 至 100 个字母、数字、点、横线或下划线，且以字母或数字开头',
    );
  }
  return id;
}

function answer(
  route: CommandRoute,
  command: HttpCommand,
  receipt: Receipt,
  reply: FastifyReply,
): CommandAnswer {
  const { id } = command;
  const revision = `${receipt.revision}`;
  void reply.status(route.collection ? 201 : 202).header('etag', `"${revision}"`);
  if (route.collection) void reply.header('location', `/api/v1/${route.base}/${id}`);
  if (receipt.replayed) void reply.header('idempotency-replayed', 'true');
  return { id, revision, position: `${receipt.position}`, ...route.details?.(command), ...receipt.details };
}
