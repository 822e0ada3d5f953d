import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** 好差评, worst first: 非常不满意, 不满意, 基本满意, 满意, 非常满意. */
export const STARS = [1, 2, 3, 4, 5] as const;

export type Stars = (typeof STARS)[number];

/** 好差评: the applicant says how an act of their application was handled. It moves neither the application nor its clock. */
export type ServiceRated = DomainEvent<
  'ServiceRated',
  1,
  Id & {
    /** The act that is rated: its place in the stream, and its type. */
    readonly rated: number;
    readonly ratedType: string;
    /** Who did it. */
    readonly department: string;
    readonly post: string | null;
    readonly person: string;
    readonly stars: Stars;
    readonly comment: string | null;
  }
>;
