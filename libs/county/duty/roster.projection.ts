import { projection } from '#libs/engine/event-sourcing';
import { type RosterEvent } from './roster.events.js';
import { EMPTY_ROSTER, type RosterState, withRosterEvent } from './roster.state.js';

/** The roster of one department, by the department's id. */
export type RosterDocument = RosterState & {
  readonly id: string;
  readonly department: string;
  readonly revision: string;
};

const first = (event: RosterEvent & { readonly revision: bigint }): RosterDocument =>
  next(
    { ...EMPTY_ROSTER, id: event.data.department, department: event.data.department, revision: '' },
    event,
  );

const next = (
  document: RosterDocument,
  event: RosterEvent & { readonly revision: bigint },
): RosterDocument => ({
  ...document,
  ...withRosterEvent(document, event),
  revision: event.revision.toString(),
});

/** The rosters of all departments (窗口人员名册): where their windows are found. */
export const rosters = projection<RosterDocument, RosterEvent>({
  name: 'rosters',
  version: 1,
  model: 'rosters',
  indexes: { all: { equals: [], range: 'department' } },
  keys: (event) => [event.data.department],
  create: { WindowPostFilled: first, WindowActsReserved: first },
  update: {
    WindowPostFilled: next,
    WindowPostEnded: next,
    WindowClosed: next,
    DelegationGranted: next,
    DelegationRevoked: next,
    WindowActsReserved: next,
  },
});
