import { type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { linesOfRegions } from '#libs/law/catalogue';
import { type ApplicationDocument } from './application.document.js';

/** The steps before a decision that the law knows (行政许可法 Art. 32 受理, Art. 34 审查). */
export type LegalStep = 'acceptance' | 'review';

/** What the catalogue calls a step of the law; its other steps are a department's own affair. */
const STEP_NAMES: Readonly<Record<LegalStep, readonly string[]>> = {
  acceptance: ['受理', '接收'],
  review: ['审查', '技术审查', '核对'],
};

/** Whether the steps of a matter have one of the law among them. */
export const hasLegalStep = (steps: readonly string[], step: LegalStep): boolean =>
  steps.some((name) => STEP_NAMES[step].includes(name));

/**
 * How often applications of each version of a matter ended without a step, in one region and below it. Counters: `GC-02|3|review`,
 * of version 3.
 */
export type SkippedStepsDocument = TallyDocument & { readonly region: string };

type Ended = Pick<
  ApplicationDocument,
  'open' | 'stage' | 'department' | 'acceptedAt' | 'endedAt' | 'returnRounds' | 'steps'
>;

/**
 * Legal steps without which an application was decided or closed; whether its matter provides for them, the catalogue says. An
 * application counts as reviewed when a step of it or a return is on record: being assigned the review is not enough. An
 * immediate case (即办) is accepted, looked at and done in one act. A joint matter has no department that could skip it.
 */
export function skippedSteps(document: Ended): readonly LegalStep[] {
  const { open, stage, department, acceptedAt, endedAt, returnRounds, steps } = document;
  if (open || department === null || stage === 'withdrawn' || stage === 'not-accepted') return [];
  if (acceptedAt === null) return steps === 0 ? ['acceptance', 'review'] : ['acceptance'];
  const isReviewed = steps > 0 || returnRounds > 0 || acceptedAt === endedAt;
  return isReviewed ? [] : ['review'];
}

/** One document a region, whatever the number of applications. While an application runs there is nothing to add. */
export const skippedStepsTally: Tally<ApplicationDocument, SkippedStepsDocument> = {
  model: 'skipped-steps',
  indexes: {},
  contributions(before, after) {
    if (after.open || before === null) return [];
    const [was, is] = [skippedSteps(before), skippedSteps(after)];
    const counter = (step: LegalStep) => `${after.matter}|${after.matterVersion}|${step}`;
    // An imported log may record a step after the end.
    const gone = was.filter((step) => !is.includes(step)).map((step) => [counter(step), -1] as const);
    const come = is.filter((step) => !was.includes(step)).map((step) => [counter(step), 1] as const);
    const add = [...gone, ...come];
    if (add.length === 0) return [];
    return [{ lines: linesOfRegions(after.region), add }];
  },
};
