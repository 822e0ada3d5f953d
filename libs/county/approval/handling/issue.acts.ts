import { type Existing, idOf } from '../core/facts.js';
import { type DecideIssue, type ProposeIssueOption, type RaiseIssue } from './issue.commands.js';
import { type IssueDecided, type IssueOptionProposed, type IssueRaised } from './issue.events.js';
import { issueMustBeOpen, optionMustBeProposed } from './issue.rules.js';

export function raise(state: Existing, { problem }: RaiseIssue): IssueRaised {
  const issue = (state.issues ?? []).length + 1;
  return { type: 'IssueRaised', version: 1, data: { ...idOf(state), issue, problem } };
}

export function propose(state: Existing, command: ProposeIssueOption): IssueOptionProposed {
  const { issue, proposal, basis = null } = command;
  const option = issueMustBeOpen(state, issue).options + 1;
  return {
    type: 'IssueOptionProposed',
    version: 1,
    data: { ...idOf(state), issue, option, proposal, basis },
  };
}

export function decideIssue(state: Existing, { issue, option, reason }: DecideIssue): IssueDecided {
  const { options } = issueMustBeOpen(state, issue);
  optionMustBeProposed(state.application, issue, option, options);
  return { type: 'IssueDecided', version: 1, data: { ...idOf(state), issue, option, reason } };
}
