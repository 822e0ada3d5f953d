import { projection } from '#libs/engine/event-sourcing';
import { type BulletinEvent } from './bulletin.events.js';

/** A bulletin in the list of bulletins; its content is read from its stream. */
export type BulletinDocument = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  /** ISO instant; account. */
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly hash: string;
};

/** The list of bulletins (通报), by half month. */
export const bulletins = projection<BulletinDocument, BulletinEvent>({
  name: 'bulletins',
  version: 1,
  model: 'bulletins',
  indexes: { all: { equals: [], range: 'from' } },
  keys: (event) => [event.data.bulletin],
  create: {
    BulletinPublished: ({ data: { bulletin, from, to, title, hash }, metadata }) => ({
      ...{ id: bulletin, from, to, title },
      publishedAt: metadata.occurredAt,
      publishedBy: metadata.actor.person,
      hash,
    }),
  },
  update: {},
});
