/**
 * 统一社会信用代码 by GB 32100-2015: 18 characters of digits and capitals without I, O, S, V and Z: the department of registration, the kind of
 * organisation, six digits of the region, nine of the organisation's code and one that checks.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/** Weight of each place: 3 to its power, counted from 0, modulo 31. */
const [BASE, MODULUS] = [3, 31];

/** What is wrong with a code; null when nothing is. */
export function creditCodeFault(code: string): 'form' | 'check-character' | null {
  if (!FORM.test(code)) return 'form';
  return checkCharacter(code.slice(0, -1)) === code.at(-1) ? null : 'check-character';
}

function checkCharacter(places: string): string | undefined {
  let [sum, weight] = [0, 1];
  for (const character of places) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * BASE) % MODULUS;
  }
  return ALPHABET[(MODULUS - (sum % MODULUS)) % MODULUS];
}
