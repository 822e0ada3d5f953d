import { type StatuteReference, licensing } from '#libs/law/citations';

/** What the law may ask of an examination in addition to reading the papers. */
export type ExaminationDuty = 'on-site-pair' | 'interested-parties' | 'hearing';

type Duty = {
  /** How steps that fulfil it are named, in the catalogue as in what is recorded. */
  readonly named: RegExp;
  readonly article: StatuteReference;
};

/** A matter asks for one of them by naming a step for it; an application has fulfilled it when such a step is on record. */
export const EXAMINATION_DUTIES: Readonly<Record<ExaminationDuty, Duty>> = {
  'on-site-pair': {
    named:
      /(?:现场|实地).{0,2}(?:踏勘|核查|核实|核验|勘验|勘查|勘察|查验|检查|评定|验收)|踏勘|on-?site|site (?:visit|check|inspection)/iu,
    article: licensing(34, null, 3),
  },
  'interested-parties': {
    named: /听取.*(?:利害关系人|陈述|申辩)|告知利害关系人|interested part(?:y|ies)/iu,
    article: licensing(36),
  },
  hearing: { named: /告知.*听证|听证.*告知|right to a hearing/iu, article: licensing(47) },
};
const ALL = Object.keys(EXAMINATION_DUTIES) as readonly ExaminationDuty[];

/** The duties that steps of these names are for. */
export const dutiesOf = (steps: readonly string[]): readonly ExaminationDuty[] =>
  ALL.filter((duty) => steps.some((step) => EXAMINATION_DUTIES[duty].named.test(step)));

/** The duties that a recorded step fulfils. On site two officials go: with one of them nothing was verified. */
export const dutiesFulfilled = (step: string, second: string | null): readonly ExaminationDuty[] =>
  dutiesOf([step]).filter((duty) => duty !== 'on-site-pair' || second !== null);
