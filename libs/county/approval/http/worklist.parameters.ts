import { defined } from '#libs/engine/event-sourcing';
import { type Day, type Lamp, startOfDay } from '#libs/law/calendar';
import { REGION } from '#libs/law/catalogue';
import {
  invalid,
  ListParameters,
  OptionalDay,
  OptionalName,
  OptionalSeveralOf,
  pageOf,
  severalIn,
} from '#libs/shell/nest';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { STAGES } from '../core/stage.js';
import { type WorklistFilter } from '../read-models/worklist.filter.js';
import { type WholeOrder } from '../read-models/worklist.whole.js';

const LAMPS = ['green', 'yellow', 'red'] as const satisfies readonly Lamp[];
const ORDERS = ['due', '-heldSince', 'project'] as const;

export class WorklistParameters extends ListParameters {
  @OptionalName()
  department?: string;
  @OptionalName()
  person?: string;
  @IsOptional()
  @Matches(REGION)
  region?: string;
  /** Colours of the lamp, with commas between them. */
  @OptionalSeveralOf(LAMPS)
  lamp?: string;
  /** Stages of the case, with commas between them. */
  @OptionalSeveralOf(STAGES)
  stage?: string;
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';
  /** True: applications on which the department's opinion is awaited (征求意见). */
  @IsOptional()
  @IsIn(['true', 'false'])
  awaiting?: 'true' | 'false';
  /** Words that are all in the id, the project, the matter or a number of the case. */
  @OptionalName()
  q?: string;
  /** Code of a matter. */
  @OptionalName()
  matter?: string;
  @OptionalName()
  project?: string;
  /** Account of the applicant. */
  @OptionalName()
  applicant?: string;
  /** The last day of its term is before this day. */
  @OptionalDay()
  dueBefore?: Day;
  /** The last day of its term is after this day. */
  @OptionalDay()
  dueAfter?: Day;
  /** True: under review, and no person has it (未派); false: the others. */
  @IsOptional()
  @IsIn(['true', 'false'])
  unassigned?: 'true' | 'false';
  /** A person who recorded an act in it; ended cases are in the list too, unless `open` is said. */
  @OptionalName()
  actedBy?: string;
  /** With `actedBy`: on this day or later. */
  @OptionalDay()
  since?: Day;
  /** By due date, the fast track first; by how long it is held, the latest taken first; by project. */
  @IsOptional()
  @IsIn(ORDERS)
  sort?: (typeof ORDERS)[number];
  /** True: how many the whole list holds, by lamp. */
  @IsOptional()
  @IsIn(['true', 'false'])
  count?: 'true' | 'false';
}

/** What is asked of a worklist, but for whose it is. */
export type WorklistAsked = Omit<WorklistFilter, 'of' | 'seen' | 'now'> & {
  readonly limit: number;
  readonly cursor: string | null;
  readonly sort: 'due' | WholeOrder;
  readonly isCounted: boolean;
};

const flag = (value: 'true' | 'false' | undefined): boolean | undefined =>
  value === undefined ? undefined : value === 'true';

/** @throws InvalidInput */
export function worklistAsked(parameters: WorklistParameters): WorklistAsked {
  const { lamp, stage, open, unassigned, actedBy, since, q, matter, project, dueBefore, dueAfter } =
    parameters;
  const { sort = 'due', count } = parameters;
  if (since !== undefined && actedBy === undefined)
    throw invalid('since', 'must come with actedBy', '须与 actedBy 一并填写');
  if (dueBefore !== undefined && dueAfter !== undefined && dueBefore <= dueAfter)
    throw invalid('dueBefore', 'must be after dueAfter', '须晚于 dueAfter');
  return {
    ...pageOf(parameters),
    ...defined({ lamps: severalIn(LAMPS, lamp), stages: severalIn(STAGES, stage) }),
    ...defined({ open: flag(open), unassigned: flag(unassigned), q, matter, project, dueBefore, dueAfter }),
    ...(actedBy !== undefined && {
      actedBy: { person: actedBy, since: since === undefined ? null : startOfDay(since) },
    }),
    sort,
    isCounted: count === 'true',
  };
}
