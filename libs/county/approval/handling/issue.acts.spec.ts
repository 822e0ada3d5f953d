import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { CASE, commands, decider, ID, played, supervisor, underReview } from '../testing/cases.js';

const spec = deciderSpec(decider);

const ways = [commands.submit(), commands.accept(), commands.assign()];

const raised = () => played(...ways, commands.raiseIssue()).events;

const proposed = () => played(...ways, commands.raiseIssue(), commands.proposeOption()).events;

describe('difficult cases (难点)', () => {
  test('an issue is raised, options are proposed, the head chooses', () => {
    spec
      .given(...underReview())
      .when(commands.raiseIssue())
      .then({ type: 'IssueRaised', version: 1, data: { ...CASE, issue: 1, problem: '地块内有未迁杆线' } });
    spec
      .given(...raised())
      .when(commands.raiseIssue({ problem: '边界不清' }))
      .then({ type: 'IssueRaised', version: 1, data: { ...CASE, issue: 2, problem: '边界不清' } });
    spec
      .given(...proposed())
      .when(commands.proposeOption({ proposal: '调整红线', basis: '城乡规划法 Art. 43' }))
      .then({
        type: 'IssueOptionProposed',
        version: 1,
        data: { ...CASE, issue: 1, option: 2, proposal: '调整红线', basis: '城乡规划法 Art. 43' },
      });
    spec
      .given(...proposed())
      .when(commands.decideIssue())
      .then({ type: 'IssueDecided', version: 1, data: { ...CASE, issue: 1, option: 1, reason: '最快' } });
  });

  test('of what was raised and proposed, once', () => {
    spec
      .given(...raised())
      .when(commands.proposeOption({ issue: 2 }))
      .refused('application.no-such-issue', { application: ID, issue: 2 }, null, 'input');
    spec
      .given(...raised())
      .when(commands.decideIssue())
      .refused('application.no-such-option', { application: ID, issue: 1, option: 1 }, null, 'input');
    const decided = played(...ways, commands.raiseIssue(), commands.proposeOption(), commands.decideIssue());
    for (const command of [commands.decideIssue(), commands.proposeOption()]) {
      spec
        .given(...decided.events)
        .when(command)
        .refused('application.issue-decided', { application: ID, issue: 1 }, null, 'state');
    }
    spec
      .given(...underReview())
      .when(commands.raiseIssue({ meta: { actor: supervisor } }))
      .then({ type: 'IssueRaised', version: 1, data: { ...CASE, issue: 1, problem: '地块内有未迁杆线' } });
  });

  test('a case is not refused while a difficulty waits for its decision', () => {
    spec
      .given(...proposed())
      .when(commands.refuse())
      .refused('application.issues-open', { application: ID, issues: '1' }, '行政许可法 Art. 38', 'state');
    const end = played(
      ...ways,
      commands.raiseIssue(),
      commands.proposeOption(),
      commands.decideIssue(),
      commands.refuse(),
    ).events;
    expect(end.at(-1)?.type).toBe('ApplicationRefused');
    expect(played(...ways, commands.raiseIssue(), commands.approve()).events.at(-1)?.type).toBe(
      'ApplicationApproved',
    );
  });
});
