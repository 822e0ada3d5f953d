import { by, defined, type EventMetadata } from '#libs/engine/event-sourcing';
import { later } from '../core/times.rules.js';
import { type ActedApplication, type ApplicationDocument } from './application.document.js';

/** With the act of a person: what time or a policy brings about is nobody's. */
export function withActor(
  document: ApplicationDocument,
  { metadata }: { readonly metadata: EventMetadata },
): ApplicationDocument {
  const { actor, occurredAt } = metadata;
  if (actor.role === 'system') return document;
  const { person } = actor;
  const { acted = [] } = document;
  const before = acted.find((one) => one.person === person)?.at ?? '';
  const own = { person, at: later(before, occurredAt) };
  const all = [...acted.filter((one) => one.person !== person), own].sort(by(({ at }) => at));
  return {
    ...document,
    acted: all,
    actedBy: all.map((one) => one.person),
    ...defined({ actedAt: all.at(-1)?.at }),
  };
}

/** As it is shown: the acts are in the timeline. */
export function withoutActs<Shown extends ApplicationDocument>(
  document: Shown,
): Omit<Shown, keyof ActedApplication> {
  const { acted: _, actedBy: __, actedAt: ___, ...shown } = document;
  return shown;
}
