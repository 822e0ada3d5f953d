import { type DomainEvent, type Recorded } from '#libs/engine/event-sourcing';
import { type SubmittedApplication } from './facts.js';
import { type Custody } from './holder.js';
import { later } from './times.rules.js';

/** How each event of a chapter changes an application: one entry for every type, so that none is forgotten. */
export type Fold<Event extends DomainEvent, State extends SubmittedApplication = SubmittedApplication> = {
  readonly [Type in Event['type']]: (
    state: State,
    event: Extract<Recorded<Event>, { readonly type: Type }>,
  ) => State;
};

type Stamped = { readonly metadata: { readonly occurredAt: string } };

/** What every event with custody changes: the holder, the beginning of the running stretch, the latest time. */
export function withCustody(
  state: SubmittedApplication,
  { data: { custody }, metadata }: Stamped & { readonly data: { readonly custody: Custody } },
) {
  return {
    holder: custody.holder,
    since: custody.ended?.to ?? state.since,
    lastOccurredAt: later(state.lastOccurredAt, metadata.occurredAt),
  };
}

/** What an event without custody changes: the latest time. */
export const withLatestTime = (state: SubmittedApplication, { metadata }: Stamped) => ({
  lastOccurredAt: later(state.lastOccurredAt, metadata.occurredAt),
});

/** The materials so far, with those of the event added. */
export function withMaterials(
  { materials: before }: Pick<SubmittedApplication, 'materials'>,
  { data: { materials } }: { readonly data: { readonly materials: readonly string[] } },
) {
  return { materials: [...new Set([...before, ...materials])] };
}

/** When an event took effect: at the end of the stretch it ends, else when it happened. */
export const effectOf = ({
  data,
  metadata,
}: Stamped & { readonly data: { readonly application: string; readonly custody?: Custody } }): string =>
  data.custody?.ended?.to ?? metadata.occurredAt;

/** The clock where it stopped. */
export const stopped = (
  { clock }: Pick<SubmittedApplication, 'clock'>,
  { data }: { readonly data: { readonly clock: { readonly stoppedAt: string } } },
) => ({ clock: { ...clock, stoppedAt: data.clock.stoppedAt } });
