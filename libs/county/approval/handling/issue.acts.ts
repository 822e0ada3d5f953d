import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import {
  type DecideIssue,
  type IssueCommand,
  type ProposeIssueOption,
  type RaiseIssue,
} from './issue.commands.js';
import {
  type IssueDecided,
  type IssueEvent,
  type IssueOptionProposed,
  type IssueRaised,
} from './issue.events.js';
import { issueMustBeOpen, optionMustBeProposed } from './issue.rules.js';
import { type WithIssues } from './issue.state.js';

function raise(state: SubmittedApplication & WithIssues, { problem }: RaiseIssue): IssueRaised {
  const issue = (state.issues ?? []).length + 1;
  return { type: 'IssueRaised', version: 1, data: { ...idOf(state), issue, problem } };
}

function propose(state: SubmittedApplication & WithIssues, command: ProposeIssueOption): IssueOptionProposed {
  const { issue, proposal, basis = null } = command;
  const option = issueMustBeOpen(state, issue).options + 1;
  return {
    type: 'IssueOptionProposed',
    version: 1,
    data: { ...idOf(state), issue, option, proposal, basis },
  };
}

function decideIssue(
  state: SubmittedApplication & WithIssues,
  { issue, option, reason }: DecideIssue,
): IssueDecided {
  const { options } = issueMustBeOpen(state, issue);
  optionMustBeProposed(state.application, issue, option, options);
  return { type: 'IssueDecided', version: 1, data: { ...idOf(state), issue, option, reason } };
}

export const ISSUE_DECISIONS: Decide<IssueCommand, IssueEvent, SubmittedApplication & WithIssues> = {
  RaiseIssue: (state, command) => [raise(state, command)],
  ProposeIssueOption: (state, command) => [propose(state, command)],
  DecideIssue: (state, command) => [decideIssue(state, command)],
};
