import { departments } from '#libs/county/identity';
import { matterOfApplication } from '#libs/county/project';
import { mandateFor, type Visibility } from '#libs/county/sight';
import { ReadModels, Rehearsal, type StoredEvent, StoreUnavailable } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { MATTER_STREAM, matterOn } from '#libs/law/catalogue';
import {
  actOf,
  type AllowedAct,
  Clock,
  type HttpCommandClass,
  MayI,
  type Probe,
  type SignedInRequest,
} from '#libs/shell/nest';
import { Injectable } from '@nestjs/common';
import { ACTS } from '../application/application.acts.js';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { type Application } from '../application/application.state.js';
import { ApprovalStores } from '../handlers/approval-stores.js';
import { type ListedMaterial } from '../intake/material.rules.js';
import { APPLICATION_COMMANDS, FILE_COMMANDS } from './application-commands.js';
import { type Asked, COMPLETE_BODIES } from './complete-bodies.js';

type ActType = keyof typeof ACTS;

/** A department that is none: where every other one was succeeded. */
const NO_OTHER = 'no-other-department';

/** Every act with the class of its command, in the order of the tables. */
const ROWS: readonly { readonly type: ActType; readonly command: HttpCommandClass }[] = (
  Object.keys(ACTS) as ActType[]
).map((type) => {
  const command = [...APPLICATION_COMMANDS, ...FILE_COMMANDS].find((one) => actOf(one).type === type);
  if (command === undefined) throw new Error(`the act ${type} has no command`);
  return { type, command };
});

/** What the person who asks may do in an application now, act by act. */
@Injectable()
export class AllowedActs {
  constructor(
    private readonly stores: ApprovalStores,
    private readonly models: ReadModels,
    private readonly mayI: MayI,
    private readonly clock: Clock,
  ) {}

  /** Null while the log cannot be asked. */
  async of(
    request: SignedInRequest,
    { id, project, applicant }: { readonly id: string; readonly project: string; readonly applicant: string },
    { actor, mandates }: Pick<Visibility, 'actor' | 'mandates'>,
  ): Promise<readonly AllowedAct[] | null> {
    const begun = new Rehearsal();
    const state = await this.state(begun, id);
    if (state === null) return null;
    const now = new Date(this.clock.now()).toISOString();
    const asked: Asked = {
      ...{ state, actor, now },
      listed: once(() => this.listed(begun, id, now)),
      otherDepartment: once(() => this.otherDepartment(state.department)),
      events: once(() => this.events(id)),
    };
    const probes = ROWS.map(({ type, command }): Probe => ({
      ...{ command, zh: ACTS[type].zh, en: ACTS[type].en },
      bodies: () => COMPLETE_BODIES[type](asked),
    }));
    const mandate = mandateFor(mandates, { applicant, project })?.id;
    return this.mayI.ask(request, { id, probes, begun, ...(mandate !== undefined && { mandate }) });
  }

  private async state(begun: Rehearsal, id: string): Promise<Application | null> {
    try {
      const { state } = await begun.run(() => this.stores.applications.load(APPLICATION_STREAM + id));
      return state.at === 'absent' ? null : state;
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }

  private async listed(begun: Rehearsal, id: string, now: string): Promise<readonly ListedMaterial[]> {
    const stream = MATTER_STREAM + (matterOfApplication(id) ?? '');
    const { state } = await begun.run(() => this.stores.matters.load(stream));
    return matterOn(state, dayOf(now))?.matter.materials ?? [];
  }

  private async otherDepartment(own: string | null): Promise<string> {
    const { items } = await this.models.find(departments, {
      index: 'status',
      equals: { status: 'standing' },
      limit: 2,
    });
    return items.find(({ id }) => id !== own)?.id ?? NO_OTHER;
  }

  private async events(id: string): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    for await (const event of this.stores.events.readStream(APPLICATION_STREAM + id)) found.push(event);
    return found;
  }
}

/** Asks once, when it is first needed. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | null = null;
  return () => (answer ??= ask());
}
