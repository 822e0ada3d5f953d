import {
  type ApplicationCommand,
  applicationDecider,
  type ApplicationEvent,
  type ApplicationState,
  type Opening,
  type FireTimer,
  type Terms,
} from '#libs/county/approval';
import { type BareApplicationCommand, informed } from '#libs/county/approval/testing';
import { calendarOf } from '#libs/law/calendar';
import {
  type Actor,
  type Decider,
  type DomainEvent,
  type EventMetadata,
  type NewEvent,
  RuleViolation,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import {
  applicant,
  asRecorded,
  factsOf,
  head,
  leader,
  recorded,
  reviewer,
  waterHead,
  waterReviewer,
  windowClerk,
  withMeta,
} from '#libs/engine/event-sourcing-testing';
import { type ProjectEvent } from '#libs/county/project';

/** Weekends only: what a test computes by hand stays right whatever the year's notice says. */
export const calendar = calendarOf({ version: 'weekends' });

export { applicant, head, leader, reviewer, waterHead, waterReviewer, windowClerk };

const TERMS: Terms = {
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 5, unit: 'working-day', start: 'acceptance' },
  basis: '城乡规划法 Art. 40',
  verified: true,
};

/** The matters of a project in these tests: `null` is a joint matter. */
export type TestMatter = { readonly code: string; readonly department: string | null; readonly terms: Terms };

export const LICENCE: TestMatter = { code: 'GC-02', department: 'natural-resources', terms: TERMS };
export const RECEIPT: TestMatter = {
  code: 'RC-01',
  department: null,
  terms: { statutory: null, promised: null, basis: null, verified: false },
};

export { type BareApplicationCommand };

/** What is looked up for a command, unless it says something else. */
const LOOKED_UP = { granted: [], needsReview: true, openedBy: null, knownMaterials: [] };

/** A log in the making: commands go through the domain's own rules, so that only lawful histories come out. */
export class History {
  readonly events: StoredEvent[] = [];
  readonly #states = new Map<string, ApplicationState>();
  readonly #revisions = new Map<string, bigint>();
  readonly #openings = new Map<string, Opening>();
  readonly #decider: Decider<ApplicationState, ApplicationCommand | FireTimer, ApplicationEvent> =
    applicationDecider({
      calendar,
    });

  register(
    project: string,
    {
      at,
      region = '210521',
      matters = [LICENCE],
    }: { at: string; region?: string; matters?: readonly TestMatter[] },
  ): void {
    const registered: ProjectEvent = {
      type: 'ProjectRegistered',
      version: 2,
      data: {
        project,
        name: `${project} 冷库`,
        template: 'small',
        templateVersion: 1,
        region,
        nationalCode: null,
        applicant: applicant.person,
        investment: '12000000.00',
        source: null,
        applications: matters.map(({ code, department }) => ({
          application: `${project}-${code}`,
          matter: code,
          matterName: `${code} 事项`,
          stage: '工程建设许可',
          department,
          prerequisites: [],
        })),
      },
    };
    this.record(`project-${project}`, registered, { actor: applicant, occurredAt: at });
    for (const { code, department, terms } of matters) {
      this.#openings.set(`${project}-${code}`, {
        project,
        projectName: `${project} 冷库`,
        region,
        matter: code,
        matterName: `${code} 事项`,
        matterVersion: 1,
        department,
        applicant: applicant.person,
        terms,
        prerequisites: [],
      });
    }
  }

  submit(id: string, at: string, promisedEnd: string | null = null): void {
    const opening = this.#openings.get(id);
    if (!opening) throw new Error(`${id} was never opened`);
    this.act({ type: 'SubmitApplication', id, opening, promisedEnd }, applicant, at);
  }

  /** @throws RuleViolation */
  act(bare: BareApplicationCommand, by: Actor, at: string): void {
    const command = withMeta<ApplicationCommand | FireTimer>(informed(bare), {
      actor: by,
      now: at,
      occurredAt: at,
      commandId: `command-${this.events.length}`,
    });
    const facts = { ...LOOKED_UP, ...factsOf<object>(command) };
    let state = this.#states.get(command.id) ?? this.#decider.initial;
    for (const event of this.#decider.decide(state, command, facts)) {
      const stored = this.record(`application-${command.id}`, event, { actor: by, occurredAt: at });
      state = this.#decider.evolve(state, asRecorded(stored));
    }
    this.#states.set(command.id, state);
  }

  /** Whether the rules allowed it. */
  try(bare: BareApplicationCommand, by: Actor, at: string): boolean {
    try {
      this.act(bare, by, at);
      return true;
    } catch (error) {
      if (error instanceof RuleViolation) return false;
      throw error;
    }
  }

  record<Event extends DomainEvent>(
    stream: string,
    event: Event,
    metadata: Partial<EventMetadata>,
  ): StoredEvent & Event {
    const revision = (this.#revisions.get(stream) ?? -1n) + 1n;
    this.#revisions.set(stream, revision);
    const position = BigInt(this.events.length);
    const stored = recorded(event, {
      stream,
      revision,
      position,
      metadata: { recordedAt: '2026-11-24T02:00:00.000Z', ...metadata },
    });
    this.events.push(stored);
    return stored;
  }

  /** What a store is asked to append, in order; neighbours in one stream go together. */
  get appends(): readonly { stream: string; expected: bigint | null; newEvents: NewEvent[] }[] {
    const appends: { stream: string; expected: bigint | null; newEvents: NewEvent[] }[] = [];
    for (const { stream, revision, id, type, version, data, metadata } of this.events) {
      const event = { id, type, version, data, metadata };
      const last = appends.at(-1);
      if (last?.stream === stream) last.newEvents.push(event);
      else appends.push({ stream, expected: revision === 0n ? null : revision - 1n, newEvents: [event] });
    }
    return appends;
  }
}
