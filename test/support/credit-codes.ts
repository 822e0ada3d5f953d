/** Weights of GB 32100-2015, table 1, and the characters in the order of their values. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A unified social credit code of a company of Benxi County, another one for each number. */
export function creditCodeOf(number: number): string {
  const places = `91210521MA${String(number).padStart(7, '0')}`;
  const sum = WEIGHTS.reduce(
    (before, weight, place) => before + weight * CHARACTERS.indexOf(places.charAt(place)),
    0,
  );
  return places + CHARACTERS.charAt((31 - (sum % 31)) % 31);
}
