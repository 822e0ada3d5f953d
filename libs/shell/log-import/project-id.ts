import { createHash } from 'node:crypto';

/** Leaves room in an id of 100 for the application's matter code. */
const LONGEST = 80;
const USABLE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The project id of a case: prefix and case id. A case id with other characters than an id may have (`BP/2023/0017`,
 * 建2023-17) keeps those it may, and a digest of the whole distinguishes it from similar ones: `BP-2023-0017-5f0c2a91d0`.
 */
export function projectIdOf({ prefix }: { readonly prefix: string }, caseId: string): string {
  const plain = prefix + caseId;
  if (USABLE.test(plain) && plain.length <= LONGEST) return plain;
  const digest = createHash('sha256').update(plain).digest('hex').slice(0, 10);
  const kept = plain
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, LONGEST - digest.length - 1);
  return kept === '' ? `case-${digest}` : `${kept}-${digest}`;
}
