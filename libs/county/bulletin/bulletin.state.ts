import { type BulletinPublished } from './bulletin.events.js';

/** A bulletin as it was published. ISO instant; account of its publisher. */
type Bulletin = BulletinPublished['data'] & {
  readonly publishedAt: string;
  readonly publishedBy: string;
};

export type BulletinState =
  { readonly at: 'absent' } | { readonly at: 'published'; readonly bulletin: Bulletin };
