import { applicationsUnder } from '#libs/county/approval';
import { type Document, type Projection } from '#libs/engine/event-sourcing';
import { WorkingCalendar } from '#libs/law/calendar';
import { projects, stalls, timelines } from '#libs/reports';
import { foldAll } from '#libs/reports/testing';
import { type Place } from './import-places.js';

/** Every document of the read models that reports are made of, without what names places in the log. */
export async function documents(at: Place): Promise<unknown> {
  const events = (await at.events()).filter(({ stream }) => /^(project|application)-/.test(stream));
  const kept = (projection: Projection) =>
    [...foldAll(projection, events)].map(([model, found]) => [
      model,
      // A line whose counters have all gone back to zero says what no line says.
      [...found.values()]
        .filter(counts)
        .map(plain)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ]);
  return [applicationsUnder(at.app.get(WorkingCalendar)), projects, stalls].map(kept);
}

function counts(document: Document): boolean {
  return !('counts' in document) || Object.keys(document.counts as object).length > 0;
}

function plain(document: Document): Document {
  const places = ['revision', 'position', 'event'];
  const text = JSON.stringify(document, (key, value: unknown) => (places.includes(key) ? undefined : value));
  return JSON.parse(text) as Document;
}

type Blocks = Document & {
  readonly stream: string;
  readonly entries: readonly {
    readonly step?: string;
    readonly occurredAt: string;
    readonly ended?: object;
    readonly original?: object;
  }[];
};

export async function timeline(at: Place, stream: string) {
  const events = (await at.events()).filter((event) => /^(project|application)-/.test(event.stream));
  const blocks = [...(foldAll(timelines, events).get(timelines.model)?.values() ?? [])];
  return blocks.flatMap((block) => ((block as Blocks).stream === stream ? (block as Blocks).entries : []));
}
