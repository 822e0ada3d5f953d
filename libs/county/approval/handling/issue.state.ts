import { type Recorded } from '#libs/engine/event-sourcing';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withLatestTime } from '../core/fold.js';
import { type IssueEvent } from './issue.events.js';

/** How far an issue has come: how many options it has, and whether one was chosen. */
export type Issue = { readonly options: number; readonly decided: boolean };

/** Issues in order of their numbers, from 1; left out where none was raised. */
export type WithIssues = { readonly issues?: readonly Issue[] };

/** @throws Error when an option comes to an issue that was never raised: the log is damaged. */
export function afterIssue(
  { issues = [] }: WithIssues,
  { type, data }: IssueEvent,
): { readonly issues: readonly Issue[] } {
  if (type === 'IssueRaised') return { issues: [...issues, { options: 0, decided: false }] };
  const at = data.issue - 1;
  const issue = issues[at];
  if (issue === undefined) throw new Error(`${type} of issue ${data.issue}, which was never raised`);
  const change = type === 'IssueDecided' ? { decided: true } : { options: data.option };
  return { issues: issues.with(at, { ...issue, ...change }) };
}

/** Numbers of the issues that wait for a decision. */
export const openIssues = ({ issues = [] }: WithIssues): readonly number[] =>
  issues.flatMap(({ decided }, index) => (decided ? [] : [index + 1]));

const changed = <State extends SubmittedApplication & WithIssues>(
  state: State,
  event: Recorded<IssueEvent>,
): State => ({
  ...state,
  ...afterIssue(state, event),
  ...withLatestTime(state, event),
});

export const ISSUE_FOLD: Fold<IssueEvent, SubmittedApplication & WithIssues> = {
  IssueRaised: changed,
  IssueOptionProposed: changed,
  IssueDecided: changed,
};
