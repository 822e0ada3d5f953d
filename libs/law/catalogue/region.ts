import { LRUCache } from 'lru-cache';
import { getOrMake, type TallyLine } from '#libs/engine/event-sourcing';

/** 全国 in the statistical code: the root that every region rolls up to, here the whole installation. */
export const EVERYWHERE = '000000';

/**
 * 行政区划代码: six digits (GB/T 2260), nine for a township, twelve for a village; of a foreign log the two letters of its country
 * (ISO 3166-1), but for those that everybody may give a meaning of their own.
 */
export const REGION = /^(\d{6}|\d{9}|\d{12}|(?!AA|Q[M-Z]|X[A-Z]|ZZ)[A-Z]{2})$/;
/** Of a project, whose figures roll up by its digits: six, or twelve with the statistical township and village part. */
export const PROJECT_REGION = /^(\d{6}|\d{12}|(?!AA|Q[M-Z]|X[A-Z]|ZZ)[A-Z]{2})$/;
const BY_DIGITS = /^\d{6}(\d{6})?$/;

const KNOWN_AT_MOST = 10_000;
const known = new LRUCache<string, readonly string[]>({ max: KNOWN_AT_MOST });
const knownLines = new LRUCache<string, readonly TallyLine[]>({ max: KNOWN_AT_MOST });

/**
 * A 行政区划代码 (GB/T 2260) with everything it rolls up to, widest first: 210521 → 000000, 210000, 210500, 210521.
 * The statistical twelve digits add the township and the village: 210521100201 → …, 210521100000, 210521100201.
 * A code of another shape has only the root above it.
 */
export function regionAndAncestors(code: string): readonly string[] {
  return getOrMake(known, code, () => [...new Set([EVERYWHERE, ...levels(code)])]);
}

function levels(code: string): readonly string[] {
  if (!BY_DIGITS.test(code)) return [code];
  const upToCounty = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code.slice(0, 6)];
  return code.length === 6 ? upToCounty : [...upToCounty, `${code.slice(0, 9)}000`, code];
}

/** Bounds on a region's code in an index: everything that rolls up to it and nothing else. */
export type RegionRange = { readonly gte: string; readonly lt: string };

/**
 * Codes are built of prefixes, so a region's subtree is one range of text: 210500 → from `2105` up to before `2106`.
 * Null means every region, whatever shape its codes have.
 */
export function regionRange(code: string): RegionRange | null {
  if (code === EVERYWHERE) return null;
  if (!BY_DIGITS.test(code)) return { gte: code, lt: `${code}\u0000` };
  const prefix = code.replace(/^(\d{6})000000$/, '$1').replace(/^(\d{9})000$/, '$1');
  const significant = prefix.length > 6 ? prefix : prefix.replace(/(?:00){1,2}$/, '');
  return { gte: significant, lt: `${significant}:` };
}

/** The documents of a tally that has one a region and all it rolls up to, by the region's code. */
export function linesOfRegions(code: string): readonly TallyLine[] {
  return getOrMake(knownLines, code, () =>
    regionAndAncestors(code).map((region) => ({ id: region, labels: { region } })),
  );
}
