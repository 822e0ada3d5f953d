import { dictionary } from '@zxcvbn-ts/language-common';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { type IdentityViolation } from './identity.messages.js';

/** Whose password it is to be. */
export interface PasswordHolder {
  readonly account: string;
  readonly displayName: string;
}

/** Words of this place that no list of common passwords knows. */
const LOCAL_WORDS = [
  'zhitong',
  'benxi',
  'liaoning',
  'shenpi',
  'guanliyuan',
  'mima',
  '密码',
  '直通',
  '管理员',
];
/** A longer piece that is repeated is hard enough by itself. */
const LONGEST_REPEATED = 8;
/** Neighbours on the keyboard, forwards; read backwards too. */
const ROWS = ['`1234567890-=', 'qwertyuiop[]\\', "asdfghjkl;'", 'zxcvbnm,./'];
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

let common: ReadonlySet<string> | null = null;

/** Refuses a password that is guessed first. @throws RuleViolation 422 */
export function passwordMustBeHardToGuess(password: string, holder: PasswordHolder): void {
  if (isName(password, holder)) throw unfit('account.password-is-name');
  if (isCommon(password)) throw unfit('account.password-common');
}

export function unfit(code: IdentityViolation): RuleViolation {
  return new RuleViolation(code, { field: 'password' }, 'input');
}

/** Every check takes time that grows with the length only, since anybody's password comes here. */
function isCommon(password: string): boolean {
  common ??= new Set([...(dictionary['passwords-common'] ?? []), ...LOCAL_WORDS].map(String));
  const plain = password.normalize('NFKC').toLowerCase().trim();
  // Dates and telephone numbers.
  if (/^[\d\s./:,_-]*$/.test(plain)) return true;
  const solid = solidOf(plain);
  if (isRepeated(plain) || isRepeated(solid)) return true;
  const words = [plain, solid, core(plain), core(solid)];
  return [...words, ...words.map((word) => core(withoutLookalikes(word)))].some(
    (word) => common?.has(word) === true || isRun(word),
  );
}

function isName(password: string, { account, displayName }: PasswordHolder): boolean {
  const plain = password.normalize('NFKC').toLowerCase().trim();
  const words = new Set([
    plain,
    core(plain),
    repeatedUnit(plain),
    solidOf(core(plain)),
    repeatedUnit(solidOf(core(plain))),
  ]);
  return [account, displayName]
    .map((name) => name.normalize('NFKC').toLowerCase().trim())
    .some((name) => [name, core(name), solidOf(core(name))].some((word) => word !== '' && words.has(word)));
}

/** The word without the marks between its letters and digits. */
function solidOf(word: string): string {
  return word.replace(/[\p{P}\p{S}\s]/gu, '');
}

function isRepeated(word: string): boolean {
  const unit = repeatedUnit(word);
  return unit.length < word.length && unit.length <= LONGEST_REPEATED;
}

/** What is left without the digits and marks that people put round a word. */
function core(word: string): string {
  return word.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
}

function withoutLookalikes(word: string): string {
  return word.replace(/[@4310!$57]/g, (sign) => LOOKALIKES[sign] ?? sign);
}

/** The shortest piece of which the word is made by repeating it, by the failure table of Knuth, Morris and Pratt. */
function repeatedUnit(word: string): string {
  const borders = [0];
  for (let at = 1, length = 0; at < word.length; at++) {
    while (length > 0 && word[at] !== word[length]) length = borders[length - 1] ?? 0;
    if (word[at] === word[length]) length++;
    borders[at] = length;
  }
  const period = word.length - (borders.at(-1) ?? 0);
  return word.length % period === 0 ? word.slice(0, period) : word;
}

/** 1234…, abcd…, qwerty…, or one sign again and again: nearly every sign follows from the one before. */
function isRun(word: string): boolean {
  if (word.length < 4) return false;
  let steps = 0;
  for (let at = 1; at < word.length; at++) {
    if (follows(word[at - 1] ?? '', word[at] ?? '')) steps++;
  }
  return steps >= word.length - 2;
}

function follows(one: string, next: string): boolean {
  const step = next.charCodeAt(0) - one.charCodeAt(0);
  if (Math.abs(step) <= 1) return true;
  return ROWS.some((row) => {
    const [a, b] = [row.indexOf(one), row.indexOf(next)];
    return a >= 0 && b >= 0 && Math.abs(a - b) === 1;
  });
}
