import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';

/**
 * 机构改革: what was one department's in an application is its successor's from now on, its turn, its power to decide and
 * the opinions it still owes alike. Who continues to exercise a power answers for it (行政诉讼法 Art. 26(6)).
 */
export type ApplicationTakenOver = DomainEvent<
  'ApplicationTakenOver',
  1,
  {
    readonly application: string;
    readonly project: string;
    readonly from: string;
    readonly department: string;
    readonly custody: Custody;
  }
>;
