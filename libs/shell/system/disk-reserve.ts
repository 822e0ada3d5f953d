import { type DiskReserve, LEAST_RESERVE_BYTES } from '#libs/engine/store-lmdb';

const UNITS: { readonly [unit: string]: number } = {
  '': 1,
  B: 1,
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  TB: 2 ** 40,
};
const MOST_PERCENT = 50;

export const RESERVE_RULE = `must be bytes with a unit, at least 4MB (as 64MB, 1GB), or a percentage of the file system up to ${MOST_PERCENT}% (as 2%)`;

/** A reserve; null where the text is none. */
export function diskReserveOf(text: string): DiskReserve | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(%|[KMGT]?B)?$/.exec(text.toUpperCase()) ?? [];
  const size = Number(digits);
  if (digits !== undefined && unit === '%' && size > 0 && size <= MOST_PERCENT) return { part: size / 100 };
  const bytes = Math.floor(size * (UNITS[unit ?? ''] ?? NaN));
  if (digits !== undefined && bytes >= LEAST_RESERVE_BYTES && bytes <= Number.MAX_SAFE_INTEGER)
    return { bytes };
  return null;
}
