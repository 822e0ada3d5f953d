import { BETWEEN_DEPARTMENTS, type Holder } from '#libs/county/approval';
import { type StallCause } from '#libs/reports';
import { type CaseWriter } from './case-writer.js';
import { type PlannedMatter, type TermChange } from './county-catalogue.js';
import { type Random } from './random.js';

/** A way to come to a standstill: the last act written is the last that ever happens in the application. */
export interface PlantedStall {
  /** Leaves one prerequisite of the application untouched. */
  readonly withoutPrerequisite?: true;
  /** Needs a matter that is decided. */
  readonly needsDecision?: true;
  /** Needs a statutory term to which this can happen, long enough for what is written here. */
  readonly needsTerm?: TermChange;
  /** @returns who has the application when it stops */
  write(writer: CaseWriter, random: Random): Holder;
}

const TOWNSHIPS = ['tianshifu', 'xiaoshi', 'jianchang', 'nandian'] as const;
const BUREAUS = ['natural-resources', 'housing-construction', 'water', 'ecology-environment'] as const;

/** A department other than the one the application is with. */
const otherThan = (department: string, random: Random): string =>
  random.pick(BUREAUS.filter((one) => one !== department));

function underReview(writer: CaseWriter): void {
  writer.submit();
  writer.accept();
  writer.assign();
  writer.step();
}

/** One application at a standstill for each cause: that of the detector's list which is written here and no other. */
export const PLANTED_STALLS: Readonly<Record<StallCause, PlantedStall>> = {
  'decision-undelivered': {
    needsDecision: true,
    write(writer) {
      underReview(writer);
      writer.approve();
      return writer.deskHolds;
    },
  },
  'opinion-late': {
    write(writer, random) {
      underReview(writer);
      writer.consult(otherThan(writer.matter.worker, random));
      writer.closeConsultation();
      return writer.reviewerHolds;
    },
  },
  'jurisdiction-dispute': {
    write(writer, random) {
      underReview(writer);
      writer.dispute(otherThan(writer.matter.worker, random));
      return BETWEEN_DEPARTMENTS;
    },
  },
  'buck-passing': {
    write(writer, random) {
      const first = writer.matter.worker;
      const second = otherThan(first, random);
      underReview(writer);
      for (const department of [second, first, second]) writer.transfer(department);
      return writer.deskHolds;
    },
  },
  'transferred-and-idle': {
    write(writer, random) {
      underReview(writer);
      writer.transfer(random.pick(TOWNSHIPS));
      return writer.deskHolds;
    },
  },
  'same-reason-twice': {
    write(writer) {
      underReview(writer);
      for (let round = 0; round < 2; round++) {
        writer.returnToApplicant('总平面图缺少签章');
        writer.resubmit();
      }
      return writer.reviewerHolds;
    },
  },
  'returned-without-article': {
    write(writer) {
      underReview(writer);
      writer.returnWithoutArticle('材料不齐，请完善后再报');
      writer.resubmit();
      return writer.reviewerHolds;
    },
  },
  'repeated-supplement': {
    write(writer) {
      writer.submit();
      for (let round = 0; round < 3; round++) {
        writer.requestSupplement();
        writer.supplement();
      }
      return writer.deskHolds;
    },
  },
  'acceptance-undecided': {
    write(writer) {
      writer.submit();
      return writer.deskHolds;
    },
  },
  'resumed-and-idle': {
    needsTerm: 'expert-review',
    write(writer) {
      underReview(writer);
      writer.suspend();
      writer.resume();
      return writer.reviewerHolds;
    },
  },
  'extended-and-idle': {
    needsTerm: 'extension',
    write(writer) {
      underReview(writer);
      writer.extend();
      return writer.reviewerHolds;
    },
  },
  'sent-back': {
    write(writer) {
      underReview(writer);
      writer.sendBack();
      return writer.reviewerHolds;
    },
  },
  'mid-level-desk': {
    write(writer) {
      underReview(writer);
      writer.handUp();
      return writer.deputyHolds;
    },
  },
  'prerequisite-missing': {
    withoutPrerequisite: true,
    write(writer) {
      underReview(writer);
      return writer.reviewerHolds;
    },
  },
  unassigned: {
    write(writer) {
      writer.submit();
      writer.accept();
      return writer.deskHolds;
    },
  },
  'reviewer-idle': {
    write(writer) {
      underReview(writer);
      return writer.reviewerHolds;
    },
  },
};

/** Working days of a statutory term within which an act under review still comes in time. */
const LONG_ENOUGH = 15;

/** Whether a stall can be planted in a matter: it must be some one department's. */
export function canStall(
  { department, ends, prerequisites, statutoryDays, termAllows }: PlannedMatter,
  { withoutPrerequisite, needsDecision, needsTerm }: PlantedStall,
): boolean {
  if (department === null || (needsDecision === true && ends === 'by-closure')) return false;
  if (needsTerm !== undefined && (statutoryDays < LONG_ENOUGH || !termAllows.includes(needsTerm)))
    return false;
  return withoutPrerequisite !== true || prerequisites.length > 0;
}
