/** What is wrong with a file of LMDB, as one sentence that names the page. Thrown inside this folder only. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** A Damage of one page. */
export function pageDamage(page: number, what: string): Damage {
  return new Damage(`page ${page} ${what}`);
}
