import { createHash } from 'node:crypto';
import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  INTERNAL_STEPS,
  type InternalStep,
} from '#libs/county/approval';
import { type PermitTerms, permitTerms } from './permit-terms.js';
import { daysOf, listOf, oneOf, recordOf, versionOf } from './policy-fields.js';

/** One rung of the ladder: the level, and the working days after the rung before it (the first: after the promised term). */
type LadderRung = { readonly level: EscalationLevel; readonly afterWorkingDays: number };

/** How long an internal step may take; `department` null holds for all that have no limit of their own. */
type StepLimit = {
  readonly step: InternalStep;
  readonly department: string | null;
  readonly workingDays: number;
};

/** What the policies over the clock go by. */
export type SupervisionPolicies = {
  /** Of all files, with a digest of their content: an edited file cannot keep the name of the old one. */
  readonly version: string;
  /** Every level once, lowest first. */
  readonly ladder: readonly LadderRung[];
  readonly steps: readonly StepLimit[];
  readonly permits: PermitTerms;
};

function ladderOf(value: unknown): readonly LadderRung[] {
  const rungs = listOf(value, 'escalation.ladder').map((entry, index) => {
    const where = `escalation.ladder[${index}]`;
    const { level, afterWorkingDays } = recordOf(entry, ['level', 'afterWorkingDays'], where);
    return {
      level: oneOf(ESCALATION_LEVELS, level, `${where}.level`),
      afterWorkingDays: daysOf(afterWorkingDays, `${where}.afterWorkingDays`),
    };
  });
  if (rungs.map(({ level }) => level).join() !== ESCALATION_LEVELS.join()) {
    throw new RangeError(
      `escalation.ladder: must name ${ESCALATION_LEVELS.join(', ')}, in this order, each once`,
    );
  }
  return rungs;
}

function stepsOf(value: unknown): readonly StepLimit[] {
  const seen = new Set<string>();
  return listOf(value, 'step-limits.steps').map((entry, index) => {
    const where = `step-limits.steps[${index}]`;
    const {
      step,
      department = null,
      workingDays,
    } = recordOf(entry, ['step', 'department', 'workingDays'], where);
    if (department !== null && (typeof department !== 'string' || department === '')) {
      throw new RangeError(`${where}.department: the id of a department is needed`);
    }
    const limit = {
      step: oneOf(INTERNAL_STEPS, step, `${where}.step`),
      department,
      workingDays: daysOf(workingDays, `${where}.workingDays`),
    };
    const key = `${limit.step} ${department ?? ''}`;
    if (seen.has(key)) throw new RangeError(`${where}: this step has a limit already`);
    seen.add(key);
    return limit;
  });
}

/**
 * The policies from plain data, as read from data/policies/escalation.yaml, step-limits.yaml and permits.yaml.
 *
 * @throws RangeError naming the field that is wrong.
 */
export function supervisionPolicies(
  escalation: unknown,
  stepLimits: unknown,
  permitEnds: unknown,
): SupervisionPolicies {
  const ladderFile = recordOf(escalation, ['version', 'ladder'], 'escalation');
  const stepsFile = recordOf(stepLimits, ['version', 'steps'], 'step-limits');
  const { version: permitsVersion, ...permits } = permitTerms(permitEnds);
  const versions = [
    versionOf(ladderFile['version'], 'escalation'),
    versionOf(stepsFile['version'], 'step-limits'),
    permitsVersion,
  ];
  const ladder = ladderOf(ladderFile['ladder']);
  const steps = stepsOf(stepsFile['steps']);
  const digest = createHash('sha256')
    .update(JSON.stringify([ladder, steps, permits]))
    .digest('hex')
    .slice(0, 12);
  return { version: `${versions.join('+')}.${digest}`, ladder, steps, permits };
}

/** The limit of a step in a department, in working days; null where it is not watched. */
export function stepLimit(
  { steps }: SupervisionPolicies,
  step: InternalStep,
  department: string | null,
): number | null {
  const of = (whose: string | null) => steps.find((one) => one.step === step && one.department === whose);
  return (of(department) ?? of(null))?.workingDays ?? null;
}
