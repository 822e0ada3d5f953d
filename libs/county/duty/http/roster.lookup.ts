import { Inject } from '@nestjs/common';
import { ALL_TIME, lampsAt, workloadTally } from '#libs/county/approval';
import { WorkingCalendar } from '#libs/law/calendar';
import { allDocuments, ReadModels } from '#libs/engine/event-sourcing';
import {
  ACCOUNT_RUNNER,
  ACCOUNT_STREAM,
  type AccountRunner,
  type AccountState,
  postOn,
} from '#libs/county/identity';
import { type WindowPerson } from '../roster.commands.js';
import { gapsOf, type InOffice, isThere, peopleAt, type RosterGap, windowsOf } from '../roster-gaps.js';
import { delegationFor, type WindowDecision } from '../roster.rules.js';
import { type Delegation, delegationsOn, reservedOn } from '../roster.state.js';
import { ROSTER_RUNNER, ROSTER_STREAM, type RosterRunner } from '../roster.tokens.js';
import { type OwnAct } from '../window-acts.js';
import { rosters as rosterModel } from '../roster.projection.js';

/** Applications in hand now, of all that the person has. */
export type WindowLoad = { readonly open: number; readonly dueSoon: number; readonly overdue: number };

/** A department's windows on a legal day, each with its people, what they may decide, and what they have in hand. */
export type RosterView = {
  readonly department: string;
  readonly on: string;
  readonly windows: readonly {
    readonly window: string;
    readonly people: readonly {
      readonly person: string;
      readonly delegations: readonly Delegation[];
      readonly load: WindowLoad;
    }[];
  }[];
  /** The window's own acts that need a delegation on that day. */
  readonly reserved: readonly OwnAct[];
};

/** The rosters with people's accounts and applications. */
export class RosterLookup {
  constructor(
    @Inject(ROSTER_RUNNER) private readonly rosters: RosterRunner,
    @Inject(ACCOUNT_RUNNER) private readonly accounts: AccountRunner,
    private readonly models: ReadModels,
    private readonly calendar: WorkingCalendar,
  ) {}

  /** Role and post of a person with an open account on a legal day. */
  async person(person: string, day: string): Promise<WindowPerson | null> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + person);
    const held = state.at === 'open' ? postOn(state, day) : null;
    if (state.at !== 'open' || held === null) return null;
    return { role: state.role, post: held.post, department: held.department };
  }

  /**
   * The delegation by which a person of the department decides at the window, as its stream says now; null if none is needed.
   *
   * @throws RuleViolation `delegation.missing`
   */
  async delegationFor(department: string, decision: WindowDecision): Promise<string | null> {
    const { state } = await this.rosters.load(ROSTER_STREAM + department);
    return delegationFor(state, decision);
  }

  /** Null while the department has no roster. `now` is an ISO instant. */
  async view(department: string, on: string, now: string): Promise<RosterView | null> {
    const { state, revision } = await this.rosters.load(ROSTER_STREAM + department);
    if (revision === null) return null;
    const inOffice = await this.officeOf(department, new Set(state.posts.map(({ person }) => person)));
    const loads = await this.loads(department, now);
    return {
      department,
      on,
      windows: windowsOf(state)
        .filter((window) => isThere(state, window, on))
        .map((window) => ({
          window,
          people: peopleAt(state, window, on, inOffice).map((person) => ({
            person,
            delegations: delegationsOn(state, person, on),
            load: loads.get(person) ?? { open: 0, dueSoon: 0, overdue: 0 },
          })),
        })),
      reserved: reservedOn(state, on),
    };
  }

  /** Days on which a window has no person with full authorisation, of every department with a roster, by its id. */
  async gaps(span: { readonly from: string; readonly to: string }): Promise<readonly RosterGap[]> {
    const gaps: RosterGap[] = [];
    for (const roster of await allDocuments(this.models, rosterModel, { index: 'all' })) {
      const { department } = roster;
      const inOffice = await this.officeOf(department, new Set(roster.posts.map(({ person }) => person)));
      gaps.push(...gapsOf(department, roster, span, { calendar: this.calendar, inOffice }));
    }
    return gaps;
  }

  private async officeOf(department: string, people: ReadonlySet<string>): Promise<InOffice> {
    const accounts = new Map<string, AccountState>();
    for (const person of people) {
      accounts.set(person, (await this.accounts.load(ACCOUNT_STREAM + person)).state);
    }
    return (person, day) => {
      const account = accounts.get(person);
      return account?.at === 'open' && postOn(account, day)?.department === department;
    };
  }

  private async loads(department: string, now: string): Promise<ReadonlyMap<string, WindowLoad>> {
    const loads = new Map<string, WindowLoad>();
    const equals = { level: 'person', department };
    const range = { gte: ALL_TIME, lte: ALL_TIME };
    const lines = await allDocuments(this.models, workloadTally, {
      index: 'department',
      equals,
      range,
    });
    for (const { person, counts } of lines) {
      if (person === null) continue;
      const before = loads.get(person) ?? { open: 0, dueSoon: 0, overdue: 0 };
      const { yellow, red } = lampsAt(counts, now);
      loads.set(person, {
        open: before.open + (counts['open'] ?? 0),
        dueSoon: before.dueSoon + yellow,
        overdue: before.overdue + red,
      });
    }
    return loads;
  }
}
