import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';

/**
 * 机构改革: a department's part in an application passes to its successor: its turn, its power to decide, the opinions it still
 * owes and what it takes in for another. The organ that continues to exercise a power is responsible for it (行政诉讼法 Art. 26(6)).
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
