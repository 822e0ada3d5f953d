import { cited, licensing } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type Issue, openIssues, type WithIssues } from './issue.state.js';
import { ISSUE_MESSAGES } from './issue.messages.js';

const refuse = refusing(ISSUE_MESSAGES);

/** An issue that was raised and waits for its decision. */
export function issueMustBeOpen(
  { application, issues = [] }: ApplicationFacts & WithIssues,
  issue: number,
): Issue {
  const found = issues[issue - 1];
  if (found === undefined) return refuse('application.no-such-issue', { application, issue }, 'input');
  if (found.decided) return refuse('application.issue-decided', { application, issue }, 'state');
  return found;
}

/** A decision chooses among what was proposed. */
export function optionMustBeProposed(
  application: string,
  issue: number,
  option: number,
  known: number,
): void {
  if (option <= known) return;
  refuse('application.no-such-option', { application, issue, option }, 'input');
}

/**
 * 难度大的要努力想办法解决: an application is not refused while one of its difficulties still waits for a decision. What is left
 * after that is a ground of law or none at all (行政许可法 Art. 38).
 */
export function issuesMustBeDecided(state: ApplicationFacts & WithIssues): void {
  const open = openIssues(state);
  if (open.length === 0) return;
  refuse(
    'application.issues-open',
    { application: state.application, issues: open.join('、') },
    'state',
    cited(licensing(38)),
  );
}
