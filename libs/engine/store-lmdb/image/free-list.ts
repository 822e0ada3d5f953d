import { pageDamage } from './damage.js';
import { type ImageFile } from './image-file.js';
import { HEADER_BYTES } from './layout.js';
import { type PageClaims } from './page-claims.js';
import { type Entry, type Run } from './tree-walk.js';

/** A number of the free list that is not a page but says how many follow it, is below zero. */
const word = (bytes: Buffer, index: number): bigint => bytes.readBigInt64LE(8 * index);

/**
 * One record of the free list: the key is the transaction that gave the pages up, the value a count of numbers and the
 * numbers. Zero is empty; a negative one says how many pages begin at the number after it.
 * @throws Damage
 */
export function takeFreeRecord(entry: Entry, transaction: number, claims: PageClaims, file: ImageFile): void {
  const { key, page } = entry;
  const given = key.length === 8 ? key.readBigUInt64LE() : 0n;
  if (given === 0n || given > BigInt(transaction))
    throw pageDamage(page, 'has a record of the free list under a transaction that never was');
  const bytes = Buffer.isBuffer(entry.value) ? entry.value : valueOnPages(entry.value, file);
  const words = Math.floor(bytes.length / 8);
  if (words === 0 || bytes.length % 8 !== 0)
    throw pageDamage(page, `has a record of the free list of ${bytes.length} bytes`);
  const count = word(bytes, 0);
  if (count < 0n || count >= BigInt(words))
    throw pageDamage(page, `has a record of the free list that counts ${count} numbers in ${words}`);
  for (let index = 1; index <= Number(count); index += 1) {
    const first = word(bytes, index);
    if (first === 0n) continue;
    if (first > 0n) {
      claims.free(Number(first), 1);
      continue;
    }
    index += 1;
    if (index >= words) throw pageDamage(page, 'has a record of the free list that ends within a block');
    claims.free(Number(word(bytes, index)), Number(-first));
  }
}

/** The value that lies on such pages. */
export function valueOnPages({ first, bytes }: Run, file: ImageFile): Buffer {
  const whole = Buffer.alloc(HEADER_BYTES + bytes);
  file.read(first, whole);
  return whole.subarray(HEADER_BYTES);
}
