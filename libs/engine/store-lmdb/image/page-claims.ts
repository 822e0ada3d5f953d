import { pageDamage } from './damage.js';
import { META_PAGES } from './layout.js';

const USED = 1;
const FREE = 2;

/** Which pages are used, and which are in the free list: each at most once, and never both. */
export class PageClaims {
  private readonly claims: Uint8Array;

  constructor(private readonly lastPage: number) {
    this.claims = new Uint8Array(lastPage + 1);
  }

  /** @throws Damage */
  use(page: number, pages = 1): void {
    this.claim(page, pages, USED, 'used');
  }

  /** @throws Damage */
  free(page: number, pages: number): void {
    this.claim(page, pages, FREE, 'free');
  }

  /** The first page from this one on that is neither; null if there is no such page. */
  unclaimedFrom(page: number): number | null {
    const found = this.claims.indexOf(0, Math.max(page, META_PAGES));
    return found < 0 ? null : found;
  }

  private claim(page: number, pages: number, as: number, word: string): void {
    const end = page + pages;
    if (page < META_PAGES || pages < 1 || end - 1 > this.lastPage)
      throw pageDamage(
        page,
        `counts as ${word} (${pages} pages) and cannot be: pages are 2 to ${this.lastPage}`,
      );
    for (let next = page; next < end; next += 1) {
      const before = this.claims[next];
      if (before !== 0) throw pageDamage(next, `is ${word} and ${before === USED ? 'used' : 'free'} at once`);
      this.claims[next] = as;
    }
  }
}
