import { Inject, Injectable } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
  isOver,
  STAGE_ZH,
} from '#libs/county/approval';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { UniqueValues } from '#libs/engine/unique-values';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { AgendaBuilder } from '../session.agenda.js';
import {
  ConveneJointReview,
  type Ended,
  type ItemFacts,
  OpenJointReview,
  ResolveAgendaItem,
} from '../session.commands.js';
import { type SessionState } from '../session.state.js';
import { SESSION_RUNNER, SESSION_STREAM, type SessionRunner } from '../session.tokens.js';

/** Where facts for commands on joint reviews are looked up. */
@Injectable()
export class SessionStores {
  constructor(
    @Inject(SESSION_RUNNER) readonly sessions: SessionRunner,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    @Inject(APPLICATION_RUNNER) readonly applications: Pick<ApplicationRunner, 'load'>,
    readonly agenda: AgendaBuilder,
    readonly values: UniqueValues,
  ) {}
}

export const convening = lookup(ConveneJointReview, async ({ id, meta }, { agenda }: SessionStores) => ({
  agenda: await agenda.build(id, meta.now),
}));

export const opening = lookup(OpenJointReview, async ({ attendance, meta }, stores: SessionStores) => {
  const named = attendance.map(({ department }) => department);
  return { unknown: await departmentsNotStanding(stores.departments, named, dayOf(meta.now)) };
});

export const resolution = lookup(ResolveAgendaItem, async (command, stores: SessionStores) => {
  const { department, application, meta } = command;
  const unknown = await departmentsNotStanding(stores.departments, [department], dayOf(meta.now));
  const ended = await endOf(stores, application);
  return { unknown, ended, elsewhere: await elsewhere(stores, command, { unknown, ended }) };
});

async function endOf({ applications }: SessionStores, application: string): Promise<Ended | null> {
  const { state } = await applications.load(APPLICATION_STREAM + application);
  return isOver(state) ? { stage: state.at, stageZh: STAGE_ZH[state.at] } : null;
}

/** The one session of a day that resolves on an application. */
const ONE_A_DAY = 'joint-review-item';

/** Takes the application for this session and day. Of two sessions that do so at once the log lets one come first. */
async function elsewhere(
  { sessions, values }: SessionStores,
  { id, application, lastDay, meta }: ResolveAgendaItem,
  { unknown, ended }: Omit<ItemFacts, 'elsewhere'>,
): Promise<string | null> {
  const { state } = await sessions.load(SESSION_STREAM + id);
  // What is refused anyway takes no application away from another session.
  const isToBeTaken =
    state.at === 'open' &&
    ended === null &&
    unknown.length === 0 &&
    lastDay >= dayOf(meta.now) &&
    state.agenda.some((item) => item.application === application) &&
    !hasResolved(state, application);
  if (!isToBeTaken) return null;
  const value = { kind: ONE_A_DAY, value: `${state.day}/${application}`, holder: id };
  const taken = await values.take(value, meta, async (holder) => {
    const other = await sessions.load(SESSION_STREAM + holder);
    return hasResolved(other.state, application);
  });
  return taken?.holder ?? null;
}

function hasResolved(state: SessionState, application: string): boolean {
  return 'resolved' in state && state.resolved.some((one) => one.application === application);
}
