import { impossible } from '#libs/engine/event-sourcing';
import { type RosterEvent, type DelegationScope } from './roster.events.js';
import { type OwnAct, type WindowAct } from './window-acts.js';

/** A stay at a window; legal days, `until` inclusive, null while it goes on. */
export type WindowPost = {
  readonly window: string;
  readonly person: string;
  readonly post: string;
  readonly from: string;
  readonly until: string | null;
};

export type Delegation = {
  readonly delegation: string;
  readonly person: string;
  readonly scope: DelegationScope;
  readonly from: string;
  readonly until: string;
  /** First day on which it counts no longer; null while it was not taken back. */
  readonly revokedFrom: string | null;
};

/** The roster of one department (窗口人员名册), in order of what was entered. */
export type RosterState = {
  readonly posts: readonly WindowPost[];
  readonly delegations: readonly Delegation[];
  /** First day without the window, by its name. */
  readonly closed: readonly { readonly window: string; readonly from: string }[];
  readonly reserved: readonly { readonly acts: readonly OwnAct[]; readonly from: string }[];
};

export const EMPTY_ROSTER: RosterState = { posts: [], delegations: [], closed: [], reserved: [] };

/** The roster with an event of its department. */
export function withRosterEvent(state: RosterState, event: RosterEvent): RosterState {
  switch (event.type) {
    case 'WindowPostFilled': {
      const { window, person, post, from, until } = event.data;
      return { ...state, posts: [...state.posts, { window, person, post, from, until }] };
    }
    case 'WindowPostEnded': {
      const { person, until } = event.data;
      const ended = state.posts.findLastIndex((each) => each.person === person);
      return {
        ...state,
        posts: state.posts.map((each, index) => (index === ended ? { ...each, until } : each)),
      };
    }
    case 'WindowClosed': {
      const { window, from } = event.data;
      return { ...state, closed: [...state.closed, { window, from }] };
    }
    case 'DelegationGranted': {
      const { delegation, person, scope, from, until } = event.data;
      const granted = { delegation, person, scope, from, until, revokedFrom: null };
      return { ...state, delegations: [...state.delegations, granted] };
    }
    case 'DelegationRevoked': {
      const { delegation, from } = event.data;
      return {
        ...state,
        delegations: state.delegations.map((each) =>
          each.delegation === delegation ? { ...each, revokedFrom: from } : each,
        ),
      };
    }
    case 'WindowActsReserved': {
      const { acts, from } = event.data;
      return { ...state, reserved: [...state.reserved, { acts, from }] };
    }
    default:
      return impossible(event);
  }
}

const includes = (day: string, from: string, until: string | null): boolean =>
  from <= day && (until === null || day <= until);

/** Where a person sits on a legal day; null: at no window. */
export function windowPostOn({ posts }: RosterState, person: string, day: string): WindowPost | null {
  return posts.findLast((each) => each.person === person && includes(day, each.from, each.until)) ?? null;
}

/** A person's delegations that count on a legal day. They do so at the window only. */
export function delegationsOn(state: RosterState, person: string, day: string): readonly Delegation[] {
  if (windowPostOn(state, person, day) === null) return [];
  return state.delegations.filter(
    (each) =>
      each.person === person &&
      includes(day, each.from, each.until) &&
      (each.revokedFrom === null || day < each.revokedFrom),
  );
}

/** The window's own acts that need a delegation on a legal day. */
export function reservedOn({ reserved }: RosterState, day: string): readonly OwnAct[] {
  return reserved.findLast(({ from }) => from <= day)?.acts ?? [];
}

/** Whether a delegation lets its person do this act on this matter. A matter that is not known is in full ones only. */
export function covers({ scope }: Delegation, act: WindowAct, matter: string | null): boolean {
  if (scope.full) return true;
  if (scope.acts !== null && !scope.acts.includes(act)) return false;
  return scope.matters === null || (matter !== null && scope.matters.includes(matter));
}
