import { deciderSpec, factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationCommand } from '../application/application.commands.js';
import {
  actor,
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  NOW,
  opening,
  played,
  reviewer,
  stranger,
  submitted,
  underReview,
} from '../testing/cases.js';
import { type ConsultationAnswered, type ConsultationRequested } from './consultation.events.js';

const spec = deciderSpec(decider);

/** Three working days after Tuesday 24 November. */
const ANSWER_BY = '2026-11-27T16:00:00.000Z';

const AFTER = '2026-11-30T02:00:00.000Z';

const THURSDAY = '2026-11-26T02:00:00.000Z';

const forester = actor('demo-forester', 'reviewer', 'forestry');

const between = { party: 'inter-department', department: null, post: null, person: null } as const;

const requested = (over: Partial<ConsultationRequested['data']> = {}): ConsultationRequested => ({
  type: 'ConsultationRequested',
  version: 1,
  data: {
    ...CASE,
    round: 1,
    departments: ['water', 'forestry'],
    question: '是否在河道管理范围内',
    answerBy: ANSWER_BY,
    article: null,
    silenceRule: null,
    custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: between },
    ...over,
  },
});

const answered = (over: Partial<ConsultationAnswered['data']>): ConsultationAnswered => ({
  type: 'ConsultationAnswered',
  version: 1,
  data: {
    ...CASE,
    round: 1,
    department: 'water',
    agrees: true,
    opinion: '无意见',
    late: false,
    workingDays: 2,
    outstanding: ['forestry'],
    custody: { ended: null, holder: between },
    ...over,
  },
});

const ways = [commands.submit(), commands.accept(), commands.assign()];

const asked = (given: Parameters<typeof commands.consult>[0] = {}) =>
  played(...ways, commands.consult(given)).events;

describe('asking (征求意见)', () => {
  test('goes to every department at once, and the time is then between departments', () => {
    spec
      .given(...underReview())
      .when(commands.consult())
      .then(requested());
    spec
      .given(...underReview())
      .when(commands.consult({ article: '城乡规划法 Art. 36', silenceRule: '县政府办〔2026〕3号' }))
      .then(requested({ article: '城乡规划法 Art. 36', silenceRule: '县政府办〔2026〕3号' }));
  });

  test('only existing departments, not the lead itself, and no second consultation before all have answered', () => {
    spec
      .given(...underReview())
      .when(commands.consult({ departments: ['water', 'natural-resources'] }))
      .refused(
        'application.consults-itself',
        { application: ID, department: 'natural-resources' },
        null,
        'input',
      );
    spec
      .given(...underReview())
      .when(commands.consult({ departments: ['moon'], unknown: ['moon'] }))
      .refused('application.unknown-department', { department: 'moon' }, null, 'input');
    spec
      .given(...asked())
      .when(commands.consult({ departments: ['emergency'] }))
      .refused(
        'application.consultation-open',
        { application: ID, departments: 'water、forestry' },
        null,
        'state',
      );
  });

  test('where a whole stage is submitted the lead’s application asks at once, and stays with the desk', () => {
    const consult = {
      departments: ['water'],
      question: '并联审批',
      days: 3,
      article: null,
      silenceRule: null,
    };
    const [, second] = played(commands.submit({ consult })).events;
    expect(second?.data).toEqual({
      ...requested().data,
      departments: ['water'],
      question: '并联审批',
      custody: { ended: null, holder: desk },
    });
  });
});

describe('answering', () => {
  test('each branch by itself; the last opinion gives the case back to the reviewer', () => {
    spec
      .given(...asked())
      .when(commands.answer({ meta: at(stranger, THURSDAY) }))
      .then(answered({}));
    const { events } = played(...ways, commands.consult(), commands.answer({ meta: at(stranger, THURSDAY) }));
    spec
      .given(...events)
      .when(commands.answer({ agrees: false, opinion: '占用林地', meta: at(forester, THURSDAY) }))
      .then(
        answered({
          department: 'forestry',
          agrees: false,
          opinion: '占用林地',
          outstanding: [],
          custody: { ended: { by: between, from: NOW, to: THURSDAY }, holder: byReviewer },
        }),
      );
  });

  test('by a department that was asked, once', () => {
    spec
      .given(...asked())
      .when(commands.answer({ meta: { actor: head } }))
      .refused(
        'application.not-consulted',
        { application: ID, department: 'natural-resources' },
        null,
        'permission',
      );
    spec
      .given(...played(...ways, commands.consult(), commands.answer()).events)
      .when(commands.answer())
      .refused('application.opinion-given', { application: ID, department: 'water' }, null, 'state');
  });

  test('a late opinion is recorded as late, also when all is decided', () => {
    spec
      .given(...asked())
      .when(commands.answer({ meta: at(stranger, AFTER) }))
      .then(answered({ late: true, workingDays: 4 }));
    const decided = played(...ways, commands.consult(), commands.approve({ meta: at(head, AFTER) })).events;
    spec
      .given(...decided)
      .when(commands.answer({ meta: at(stranger, AFTER) }))
      .then(answered({ late: true, workingDays: 4, custody: { ended: null, holder: desk } }));
  });
});

describe('joining', () => {
  test('the lead decides neither way before all opinions or their deadline', () => {
    const outstanding = { application: ID, departments: 'water、forestry', answerBy: ANSWER_BY };
    for (const command of [
      commands.approve({ meta: at(head, ANSWER_BY) }),
      commands.refuse({ meta: at(head, ANSWER_BY) }),
    ]) {
      spec
        .given(...asked())
        .when(command)
        .refused('application.opinions-outstanding', outstanding, null, 'state');
    }
    spec
      .given(...asked({ article: '城乡规划法 Art. 36' }))
      .when(commands.approve())
      .refused('application.opinions-outstanding', outstanding, '城乡规划法 Art. 36', 'state');
    const all = played(
      ...ways,
      commands.consult(),
      commands.answer(),
      commands.answer({ meta: { actor: forester } }),
    );
    expect(decided(all.events)).toEqual(['ApplicationApproved']);
  });

  test('after the deadline silence is recorded first, then the decision; silence is not consent', () => {
    spec
      .given(...asked())
      .when(commands.approve({ meta: at(head, AFTER) }))
      .then(
        {
          type: 'ConsultationOverdue',
          version: 1,
          data: {
            ...CASE,
            round: 1,
            departments: ['water', 'forestry'],
            answerBy: ANSWER_BY,
            takenAs: null,
            silenceRule: null,
            custody: { ended: { by: between, from: NOW, to: AFTER }, holder: byReviewer },
          },
        },
        {
          type: 'ApplicationApproved',
          version: 1,
          data: {
            ...CASE,
            permit: '建字第1号',
            opinion: null,
            clock: { stoppedAt: AFTER, latePromised: false, lateStatutory: false },
            custody: { ended: { by: byReviewer, from: AFTER, to: AFTER }, holder: desk },
          },
        },
      );
  });

  test('silence counts as no objection only where a rule says so', () => {
    const silenceRule = '县政府办〔2026〕3号';
    spec
      .given(...asked({ silenceRule }))
      .when(commands.closeConsultation({ meta: at(reviewer, AFTER) }))
      .then({
        type: 'ConsultationOverdue',
        version: 1,
        data: {
          ...CASE,
          round: 1,
          departments: ['water', 'forestry'],
          answerBy: ANSWER_BY,
          takenAs: 'no-objection',
          silenceRule,
          custody: { ended: { by: between, from: NOW, to: AFTER }, holder: byReviewer },
        },
      });
    spec
      .given(...asked({ silenceRule }))
      .when(commands.closeConsultation({ meta: at(reviewer, ANSWER_BY) }))
      .refused('application.consultation-not-due', { application: ID, answerBy: ANSWER_BY }, null, 'state');
    spec
      .given(...submitted())
      .when(commands.closeConsultation())
      .refused('application.no-consultation', { application: ID }, null, 'state');
  });

  test('special handling spares the wait, but not where a law asks for the opinions', () => {
    const varied = commands.specialHandling({ rule: 'await-opinions' });
    expect(decided(played(...ways, commands.consult(), varied).events)).toEqual(['ApplicationApproved']);
    spec
      .given(...played(...ways, commands.consult({ article: '城乡规划法 Art. 36' }), varied).events)
      .when(commands.approve())
      .refused('application.opinions-outstanding');
  });

  test('a filing is not closed over open opinions either', () => {
    const terms = { ...opening().terms, statutory: null };
    const filing = [commands.submit({ opening: opening({ terms }) }), commands.accept(), commands.consult()];
    spec
      .given(...played(...filing).events)
      .when(commands.close())
      .refused('application.opinions-outstanding');
  });
});

/** What an approval at once comes to. */
function decided(events: ReturnType<typeof asked>): readonly string[] {
  const { state } = spec.given(...events);
  const approve = withMeta<ApplicationCommand>(commands.approve());
  return decider.decide(state, approve, factsOf(approve)).map(({ type }) => type);
}
