import { createHash } from 'node:crypto';
import { type EscalationLevel, type InternalStep } from '#libs/county/approval';
import { type PermitTerms } from './permit-terms.js';

/** One rung of the ladder: the level, and the working days after the rung before it (the first: after the promised term). */
type LadderRung = { readonly level: EscalationLevel; readonly afterWorkingDays: number };

/** How long an internal step may take; `department` null holds for all that have no limit of their own. */
type StepLimit = {
  readonly step: InternalStep;
  readonly department: string | null;
  readonly workingDays: number;
};

/** What the policies over the clock go by. */
export type SupervisionSettings = {
  /** Of all files, with a digest of their content: an edited file cannot keep the name of the old one. */
  readonly version: string;
  /** Every level once, lowest first. */
  readonly ladder: readonly LadderRung[];
  readonly steps: readonly StepLimit[];
  readonly permits: PermitTerms;
};

type Versioned<Settings> = Settings & { readonly version: string };

/** The policies of data/policies/escalation.yaml, step-limits.yaml and permits.yaml. */
export function supervisionSettings(
  escalation: Versioned<Pick<SupervisionSettings, 'ladder'>>,
  stepLimits: Versioned<{
    readonly steps: readonly (Omit<StepLimit, 'department'> & { readonly department?: string | null })[];
  }>,
  permitTerms: Versioned<PermitTerms>,
): SupervisionSettings {
  const ladder = escalation.ladder.map(({ level, afterWorkingDays }) => ({ level, afterWorkingDays }));
  const steps = stepLimits.steps.map(({ step, department = null, workingDays }) => ({
    step,
    department,
    workingDays,
  }));
  const useWithin = permitTerms.useWithin.map(({ matter, months, article }) => ({ matter, months, article }));
  const { renewalNoticeDays, noticeWorkingDays } = permitTerms;
  const permits = { renewalNoticeDays, noticeWorkingDays, useWithin };
  // The content is part of the version, so what is digested keeps its order of fields.
  const digest = createHash('sha256')
    .update(JSON.stringify([ladder, steps, permits]))
    .digest('hex')
    .slice(0, 12);
  const versions = [escalation.version, stepLimits.version, permitTerms.version];
  return { version: `${versions.join('+')}.${digest}`, ladder, steps, permits };
}

/** The limit of a step in a department, in working days; null where it is not watched. */
export function stepLimit(
  { steps }: SupervisionSettings,
  step: InternalStep,
  department: string | null,
): number | null {
  const of = (whose: string | null) => steps.find((one) => one.step === step && one.department === whose);
  return (of(department) ?? of(null))?.workingDays ?? null;
}
