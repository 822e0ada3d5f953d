import {
  defined,
  type EventStore,
  type ReadModels,
  type Recorded,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import {
  type Agreed,
  type MatterDefinition,
  type MatterEvent,
  type TemplateDefinition,
  type TemplateEvent,
} from './catalogue.events.js';
import { mattersInForce } from './catalogue.query.js';
import { MATTER_STREAM, TEMPLATE_STREAM } from './catalogue.tokens.js';
import { type JurisdictionNote, jurisdictionNote } from './matter.projection.js';
import { MATTER_ANATOMY, TEMPLATE_ANATOMY } from './version-anatomy.js';
import { analyseTemplate, type TemplateAnalysis } from './template-analysis.js';
import { compareVersions, type Comparison, type Version } from './version-comparison.js';

// Versions are in the log and nowhere else: a stream of the catalogue has few events more than the thing had changes.

type Asked = { readonly code: string; readonly from: number; readonly to: number };

/** Every version of a matter in order; empty when there is no such matter. An abolition or a note changes no definition. */
async function matterVersions(
  events: EventStore,
  code: string,
): Promise<readonly Version<MatterDefinition>[]> {
  return versionsOf(events, MATTER_STREAM + code, (stored) => {
    const event = stored as StoredEvent & MatterEvent;
    return event.type === 'MatterPublished' || event.type === 'MatterRevised' ? event.data.matter : null;
  });
}

/** A version of a matter, with the rulings about whose such matters are that were made while it was the latest. */
export type NotedVersion = Version<MatterDefinition> & { readonly notes: readonly JurisdictionNote[] };

/** Every version of a matter in order, each with its notes; empty when there is no such matter. */
export async function notedVersions(events: EventStore, code: string): Promise<readonly NotedVersion[]> {
  const versions = await matterVersions(events, code);
  const notes: { readonly position: bigint; readonly note: JurisdictionNote }[] = [];
  for await (const stored of events.readStream(MATTER_STREAM + code, 0n)) {
    const event = stored as Recorded<MatterEvent>;
    if (event.type !== 'JurisdictionNoted') continue;
    notes.push({ position: event.position, note: jurisdictionNote(event) });
  }
  return versions.map((version, index) => {
    const next = versions[index + 1];
    const own = notes.filter(
      ({ position }) => position > version.position && (next === undefined || position < next.position),
    );
    return { ...version, notes: own.map(({ note }) => note) };
  });
}

/** What the catalogue said on a legal day: of each matter that is not abolished, the version that was in force. */
export async function mattersOn(
  { models, eventStore }: { readonly models: Pick<ReadModels, 'find'>; readonly eventStore: EventStore },
  day: string,
): Promise<readonly Pick<MatterDefinition, 'steps' | 'materials'>[]> {
  const matters = await mattersInForce(models);
  const versions = await Promise.all(
    matters.map(async (matter) => {
      if (matter.effectiveFrom <= day) return matter;
      const earlier = await matterVersions(eventStore, matter.code);
      return earlier.findLast(({ definition }) => definition.effectiveFrom <= day)?.definition ?? null;
    }),
  );
  return versions.filter((version) => version !== null);
}

/** Every version of a template in order; empty when there is no such template. */
export async function templateVersions(
  events: EventStore,
  code: string,
): Promise<readonly Version<TemplateDefinition>[]> {
  return versionsOf(events, TEMPLATE_STREAM + code, (stored) => {
    const event = stored as StoredEvent & TemplateEvent;
    return event.type === 'TemplateRevisionProposed' ? null : event.data.template;
  });
}

/** Null when the matter has not both versions. */
export async function compareMatter(
  events: EventStore,
  { code, from, to }: Asked,
): Promise<Comparison | null> {
  const versions = await matterVersions(events, code);
  return has(versions, from, to) ? compareVersions(versions, from, to, MATTER_ANATOMY) : null;
}

export type TemplateComparison = Comparison & {
  readonly before: TemplateAnalysis;
  readonly after: TemplateAnalysis;
};

/** Null when the template has not both versions. */
export async function compareTemplate(
  events: EventStore,
  { code, from, to }: Asked,
): Promise<TemplateComparison | null> {
  const versions = await templateVersions(events, code);
  if (!has(versions, from, to)) return null;
  const [before, after] = await Promise.all(
    [from, to].map((version) => analysisOf(events, versions, version)),
  );
  if (!before || !after) return null;
  return { ...compareVersions(versions, from, to, TEMPLATE_ANATOMY), before, after };
}

export type AnalysedTemplate = TemplateAnalysis & { readonly code: string; readonly version: number };

/** The analysis of one version, by default the current one. Null when there is no such version. */
export async function templateAnalysis(
  events: EventStore,
  { code, version: asked }: { readonly code: string; readonly version: number | null },
): Promise<AnalysedTemplate | null> {
  const versions = await templateVersions(events, code);
  const version = asked ?? versions.at(-1)?.version;
  if (version === undefined) return null;
  const analysis = await analysisOf(events, versions, version);
  return analysis && { code, version, ...analysis };
}

/** A version is analysed with its matters as they stood at its end: until the next version, or today. */
async function analysisOf(
  events: EventStore,
  versions: readonly Version<TemplateDefinition>[],
  version: number,
): Promise<TemplateAnalysis | null> {
  const template = versions.find((one) => one.version === version)?.definition;
  if (!template) return null;
  const next = versions.find((one) => one.version === version + 1);
  const codes = template.stages.flatMap((stage) => stage.matters.map(({ code }) => code));
  const matters = await Promise.all(
    codes.map(async (code) => {
      const known = await matterVersions(events, code);
      const last = known.findLast(({ position }) => next === undefined || position < next.position);
      return [code, last?.definition] as const;
    }),
  );
  return analyseTemplate(
    template,
    new Map(matters.flatMap(([code, matter]) => (matter ? [[code, matter] as const] : []))),
  );
}

function has(versions: readonly Version<unknown>[], ...wanted: readonly number[]): boolean {
  return wanted.every((version) => versions.some((one) => one.version === version));
}

async function versionsOf<Definition>(
  events: EventStore,
  stream: string,
  definitionOf: (event: StoredEvent) => Definition | null,
): Promise<readonly Version<Definition>[]> {
  const versions: Version<Definition>[] = [];
  for await (const event of events.readStream(stream, 0n)) {
    const definition = definitionOf(event);
    if (definition === null) continue;
    const { actor: by, occurredAt: at } = event.metadata;
    const { reason = null, proposedBy } = event.data as { readonly reason?: string } & Agreed;
    versions.push({
      ...{ version: versions.length + 1, definition, by, at, reason, position: event.position },
      ...defined({ proposedBy }),
    });
  }
  return versions;
}
