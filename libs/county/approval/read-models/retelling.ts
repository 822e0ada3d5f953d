import {
  type Contribution,
  type Document,
  type Model,
  type Projection,
  type StoredEvent,
  type Tally,
} from '#libs/engine/event-sourcing';
import { eventsAfter, eventsBefore, isImportedCaseCorrection } from '../record/imported-case.js';

/**
 * A projection of whole applications, or of projects, that takes corrections of imported applications: the document is folded anew
 * from the application as it is read now, and its tallies lose what the application added until now and gain what it adds now. What
 * the projection itself does with the correction comes last.
 */
export function withCorrectedImports<Whole extends Projection & Model>(whole: Whole): Whole {
  return {
    ...whole,
    handles: (type: string) => type === 'ImportedCaseCorrected' || whole.handles(type),
    fold(document: Document | null, event: StoredEvent, id: string): Document {
      if (!isImportedCaseCorrection(event)) return whole.fold(document, event, id);
      const anew = foldSteps(whole, eventsAfter(event), id).at(-1)?.after;
      if (anew === undefined) throw new Error(`${whole.name}: a correction leaves nothing of ${id}`);
      return whole.handles(event.type) ? whole.fold(anew, event, id) : anew;
    },
    tallies: whole.tallies.map((tally) => withCorrections(whole, tally)),
  };
}

function withCorrections(whole: Projection, tally: Tally<Document>): Tally<Document> {
  return {
    ...tally,
    contributions(before, after, event) {
      if (!isImportedCaseCorrection(event)) return tally.contributions(before, after, event);
      const sum = (events: readonly StoredEvent[]) =>
        foldSteps(whole, events, after.id).flatMap((one) =>
          tally.contributions(one.before, one.after, one.event),
        );
      return [...sum(eventsBefore(event)).map(taken), ...sum(eventsAfter(event))];
    },
  };
}

type FoldStep = { readonly before: Document | null; readonly after: Document; readonly event: StoredEvent };

/** What each of the events makes of the document, from nothing. */
function foldSteps(whole: Projection, events: readonly StoredEvent[], id: string): readonly FoldStep[] {
  const all: FoldStep[] = [];
  for (const event of events) {
    if (!whole.handles(event.type) || !whole.keys(event).includes(id)) continue;
    const before = all.at(-1)?.after ?? null;
    all.push({ before, after: whole.fold(before, event, id), event });
  }
  return all;
}

const taken = ({ lines, add }: Contribution): Contribution => ({
  lines,
  add: add.map(([counter, by]) => [counter, -by] as const),
});
