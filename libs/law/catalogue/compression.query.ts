import { type TimeLimit } from '#libs/law/calendar';
import { by, type ReadModels } from '#libs/engine/event-sourcing';
import { type MatterDefinition } from './catalogue.events.js';
import { mattersInForce } from './catalogue.query.js';
import { statutoryTermOf } from './matter-clock.js';
import { inWorkingDays } from './template-analysis.js';

/** 压缩率: the part of the statutory term that the promise saves. */
type Compression = {
  readonly matter: string;
  readonly name: string;
  readonly department: string | null;
  readonly statutory: TimeLimit;
  readonly promised: TimeLimit;
  /** 1 - promised / statutory, in working days, to four places: 0.75 where 5 days are promised of 20. */
  readonly rate: number;
  /** 1 for the highest rate; equal rates share a rank. */
  readonly rank: number;
  /** False while the limits wait for a person's sign-off (未核实). */
  readonly verified: boolean;
};

export type CompressionRanking = {
  readonly items: readonly Compression[];
  /** Matters that cannot be rated: no statutory term, a term of no days, or no promise. */
  readonly unrated: readonly string[];
};

type Rated = Pick<
  MatterDefinition,
  'code' | 'name' | 'kind' | 'department' | 'statutory' | 'promised' | 'limitsVerified'
>;

/** Matters by how much shorter their promise is, the most first; by code where it is equal. */
export function rankCompression(matters: readonly Rated[]): CompressionRanking {
  const unrated: string[] = [];
  const rated = matters.flatMap((matter) => {
    const { code, name, department, promised, limitsVerified } = matter;
    const statutory = statutoryTermOf(matter);
    const days = statutory === null ? 0 : inWorkingDays(statutory);
    if (statutory === null || promised === null || days === 0) {
      unrated.push(code);
      return [];
    }
    const rate = Math.round((1 - inWorkingDays(promised) / days) * 10_000) / 10_000;
    return [{ matter: code, name, department, statutory, promised, rate, verified: limitsVerified }];
  });
  const sorted = rated.sort(
    by(
      ({ rate }) => -rate,
      ({ matter }) => matter,
    ),
  );
  return {
    items: sorted.map((item) => ({
      ...item,
      rank: 1 + sorted.filter(({ rate }) => rate > item.rate).length,
    })),
    unrated: unrated.sort(),
  };
}

/** The ranking of the matters in force on record. */
export async function compressionRanking(models: ReadModels): Promise<CompressionRanking> {
  return rankCompression(await mattersInForce(models));
}
