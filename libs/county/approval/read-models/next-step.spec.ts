import 'reflect-metadata';
import { type Document } from '#libs/engine/event-sourcing';
import { playCommands } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ApplicationEvent } from '../application/application.events.js';
import { type Stage, STAGES } from '../core/stage.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { type Terms } from '../core/terms.js';
import {
  applicant,
  at,
  calendar,
  commands,
  decider,
  opening,
  played,
  type Stored,
  TERMS,
  WAYS,
} from '../testing/cases.js';
import { sequence } from '../testing/random-commands.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';
import { type NextAct, nextStep, type NextStep } from './next-step.js';

const applications = applicationsUnder(calendar);

function documentOf(events: readonly Stored[]): ApplicationDocument {
  const folded = events.reduce<Document | null>(
    (before, event) => applications.fold(before, event, event.data.application),
    null,
  );
  if (folded === null) throw new Error('nothing was submitted');
  return folded as ApplicationDocument & Document;
}

const nextOf = (...given: readonly BareApplicationCommand[]) =>
  nextStep(documentOf(played(...given).events), calendar);

/** Everything but the words. */
const bare = (next: NextStep | null) =>
  next && [next.act, next.actor, next.departments, next.by, next.article];

const own = ['natural-resources'];

/** 24:00 of the fifth working day after Tuesday 24 November 2026, and of the tenth. */
const FIVE_DAYS = '2026-12-01T16:00:00.000Z';

const TEN_DAYS = '2026-12-08T16:00:00.000Z';

describe('what the applicant waits for', () => {
  const EVERY: Record<Exclude<Stage, 'absent'>, ReturnType<typeof bare>> = {
    submitted: ['accept-or-notify', 'department', own, null, null],
    'supplement-requested': ['supplement', 'applicant', [], null, null],
    accepted: ['decide', 'department', own, FIVE_DAYS, null],
    returned: ['resubmit', 'applicant', [], null, null],
    decided: ['deliver', 'department', own, null, null],
    delivered: null,
    closed: null,
    'not-accepted': null,
    withdrawn: null,
    revoked: null,
    recalled: null,
    cancelled: null,
  };

  test.each(Object.entries(EVERY))('at the stage %s', (stage, expected) => {
    expect(bare(nextOf(...WAYS[stage as Stage]))).toEqual(expected);
  });

  test('every stage has its line', () => {
    expect(Object.keys(EVERY).sort()).toEqual(STAGES.filter((stage) => stage !== 'absent').sort());
  });

  test('for a licence the notice is due within five working days, and the decision by its promise', () => {
    expect(bare(nextOf(commands.submit()))).toEqual([
      'accept-or-notify',
      'department',
      own,
      FIVE_DAYS,
      '行政许可法 Art. 32(4)',
    ]);
    const supplied = [
      commands.submit(),
      commands.requestSupplement(),
      commands.supplement({ meta: at(applicant, '2026-11-25T02:00:00.000Z') }),
    ];
    expect(nextOf(...supplied)?.by).toBe('2026-12-02T16:00:00.000Z');
    expect(bare(nextOf(commands.submit(), commands.accept()))).toEqual([
      'decide',
      'department',
      own,
      FIVE_DAYS,
      '行政许可法 Art. 42',
    ]);
  });

  test('A2 a licence is delivered within ten working days; what is none has no such term', () => {
    const decided = (terms: Terms) =>
      bare(nextOf(commands.submit({ opening: opening({ terms }) }), commands.accept(), commands.approve()));
    const noLimit = { ...TERMS, statutory: null };
    expect(decided({ ...noLimit, kind: 'licence' })).toEqual([
      'deliver',
      'department',
      own,
      TEN_DAYS,
      '行政许可法 Art. 44',
    ]);
    expect(decided({ ...TERMS, kind: 'confirmation' })).toEqual(['deliver', 'department', own, null, null]);
  });

  test('A2 A3 the kind says by when the window answers: a licence, a registration, a filing, another matter', () => {
    const received = (terms: Terms) =>
      bare(nextOf(commands.submit({ opening: opening({ terms: { ...TERMS, ...terms } }) })));
    const registration = { days: 0, article: '不动产登记暂行条例 Art. 17' };
    expect(received({ ...TERMS, statutory: null, kind: 'licence' })).toEqual([
      'accept-or-notify',
      'department',
      own,
      FIVE_DAYS,
      '行政许可法 Art. 32(4)',
    ]);
    expect(received({ ...TERMS, kind: 'confirmation', notice: registration })).toEqual([
      'accept-or-notify',
      'department',
      own,
      '2026-11-24T16:00:00.000Z',
      '不动产登记暂行条例 Art. 17',
    ]);
    expect(received({ ...TERMS, kind: 'other' })).toEqual([
      'accept-or-notify',
      'department',
      own,
      null,
      null,
    ]);
    expect(
      received({ ...TERMS, kind: 'filing', promised: { days: 0, unit: 'working-day', start: 'receipt' } }),
    ).toEqual(['file-or-notify', 'department', own, '2026-11-24T16:00:00.000Z', '城乡规划法 Art. 40']);
  });

  test('missing material, a procedure and opinions come before the decision', () => {
    const deficient = [commands.submit(), commands.acceptWithDeficiency({ days: 5 })];
    expect(bare(nextOf(...deficient))).toEqual(['hand-in-missing', 'applicant', [], FIVE_DAYS, null]);
    const reviewed = [commands.submit(), commands.accept(), commands.assign()];
    expect(bare(nextOf(...reviewed, commands.suspend()))).toEqual([
      'finish-procedure',
      'excluded-procedure',
      own,
      // Fifteen working days after 24 November.
      '2026-12-15T16:00:00.000Z',
      '行政许可法 Art. 45',
    ]);
    const consulted = nextOf(...reviewed, commands.consult({ departments: ['water'], days: 5 }));
    expect(bare(consulted)?.slice(0, 4)).toEqual([
      'answer-consultation',
      'inter-department',
      ['water'],
      FIVE_DAYS,
    ]);
  });

  test('a dispute over competence comes before everything, until it is ruled on', () => {
    const disputed = (type: 'ApplicationDisputed' | 'JurisdictionAssigned', data: object) =>
      ({ type, version: 1, data }) as ApplicationEvent;
    const [submitted] = played(commands.submit()).events as [Stored];
    const id = { application: submitted.data.application, project: 'p1', dispute: 'd1', reason: '职能交叉' };
    const between = { party: 'inter-department', department: null, post: null, person: null } as const;
    const stored = (event: ApplicationEvent, revision: bigint) =>
      ({ ...submitted, ...event, revision, position: revision }) as Stored;
    const held = stored(
      disputed('ApplicationDisputed', {
        ...id,
        departments: ['natural-resources', 'water'],
        custody: { ended: null, holder: between },
      }),
      1n,
    );
    expect(bare(nextStep(documentOf([submitted, held]), calendar))).toEqual([
      'rule-on-dispute',
      'inter-department',
      [],
      null,
      null,
    ]);
    const ruled = stored(
      disputed('JurisdictionAssigned', {
        ...id,
        from: 'natural-resources',
        department: 'water',
        custody: { ended: null, holder: { ...between, party: 'department', department: 'water' } },
      }),
      2n,
    );
    const after = documentOf([submitted, held, ruled]);
    expect(after).not.toHaveProperty('dispute');
    expect(bare(nextStep(after, calendar))?.slice(0, 3)).toEqual([
      'accept-or-notify',
      'department',
      ['water'],
    ]);
  });
});

/** Acts that are the applicant's own. */
const OF_THE_APPLICANT: readonly NextAct[] = ['supplement', 'resubmit', 'hand-in-missing'];

test('whatever happens, something comes next until the case is closed, in both languages', () => {
  fc.assert(
    fc.property(sequence, (given) => {
      const { state, events } = playCommands(decider, given);
      if (state.at === 'absent') return;
      const document = documentOf(events);
      const next = nextStep(document, calendar);
      expect(next === null).toBe(!document.open && state.at !== 'decided');
      if (next === null) return;
      expect(next.what).toEqual({
        zh: expect.stringMatching(/[\u4e00-\u9fff]/),
        en: expect.stringMatching(/[a-z]/),
      });
      expect(OF_THE_APPLICANT.includes(next.act)).toBe(next.actor === 'applicant');
      if (state.holder?.party === 'applicant') expect(next.actor).toBe('applicant');
      if (next.by !== null) expect(new Date(next.by).toISOString()).toBe(next.by);
    }),
    { numRuns: 300 },
  );
});
