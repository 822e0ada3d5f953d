import { type Model, type Recorded, type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { type ApplicationEvent } from '../application/application.events.js';
import { type ApplicationDocument } from './application.document.js';
import { onDay } from './on-day.js';
import { linesOf } from './outcome.tally.js';

/**
 * Materials that applicants of one matter did not have to hand in, in one month (`period`, YYYY-MM), in one region and all below it.
 * Counters, each with its legal day behind it (`sharing@07`): see `SAVED_BY`.
 */
export type SavedMaterialsDocument = TallyDocument & {
  readonly region: string;
  readonly matter: string;
  readonly period: string;
};

export const savedMaterials: Model<SavedMaterialsDocument> = { model: 'saved-materials' };

/** 数据共享 (taken from an earlier application), 容缺 (not asked for at acceptance), 告知承诺 (promised in its place). */
export const SAVED_BY = ['sharing', 'deficiency', 'commitment'] as const;
export type SavedBy = (typeof SAVED_BY)[number];

/** How many materials an event saved, and by what; null where it saved none. */
function savedBy(
  before: ApplicationDocument | null,
  { type, data }: Recorded<ApplicationEvent>,
): readonly [SavedBy, number] | null {
  if (type === 'AcceptedWithDeficiency') return ['deficiency', data.missing.length];
  if (type === 'CommitmentMade') return ['commitment', data.materials.length];
  if (type !== 'MaterialFileHandedIn' || data.reusedFrom === undefined) return null;
  // A material of several files is one material.
  return before?.sharedMaterials?.includes(data.material) === true ? null : ['sharing', 1];
}

/** Adds when a material is taken from elsewhere, need not be there yet, or is promised; not otherwise. */
export const savedMaterialsTally: Tally<ApplicationDocument> = {
  model: savedMaterials.model,
  indexes: {},
  contributions(before, after, event) {
    const recorded = event as Recorded<ApplicationEvent>;
    const saved = savedBy(before, recorded);
    if (saved === null) return [];
    const [counter, by] = saved;
    const day = dayOf(recorded.metadata.occurredAt);
    const lines = linesOf(after.region, after.matter, day.slice(0, 7));
    return [{ lines, add: [[onDay(counter, day), by]] }];
  },
};
