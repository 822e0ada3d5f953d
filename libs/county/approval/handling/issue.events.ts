import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** 难点: a reported obstacle to an application. Issues of one application are numbered from 1. */
export type IssueRaised = DomainEvent<
  'IssueRaised',
  1,
  Id & { readonly issue: number; readonly problem: string }
>;

/** One way of solving it; options of an issue count from 1. */
export type IssueOptionProposed = DomainEvent<
  'IssueOptionProposed',
  1,
  Id & {
    readonly issue: number;
    readonly option: number;
    readonly proposal: string;
    /** Law and article that the option rests on, as cited; null where it needs none. */
    readonly basis: string | null;
  }
>;

/** The head of the department chose an option. */
export type IssueDecided = DomainEvent<
  'IssueDecided',
  1,
  Id & { readonly issue: number; readonly option: number; readonly reason: string }
>;

export type IssueEvent = IssueRaised | IssueOptionProposed | IssueDecided;
