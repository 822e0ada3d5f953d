import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type BareCommand, deciderSpec, testMeta } from '#libs/engine/event-sourcing-testing';
import { type TimeLimit } from '#libs/law/calendar';
import { type MatterCommand } from './catalogue.commands.js';
import { type ApprovalLine, type MatterDefinition, type MatterEvent } from './catalogue.events.js';
import { promiseFits } from './catalogue.rules.js';
import { matterDecider } from './matter.decider.js';
import { matterOn } from './matter.state.js';
import { WORKS_PERMIT } from './testing/works-permit.js';

const spec = deciderSpec(matterDecider);
const limit = (days: number, unit: TimeLimit['unit'], start: TimeLimit['start']): TimeLimit => ({
  days,
  unit,
  start,
});

const matter = WORKS_PERMIT;

type Body = Omit<MatterDefinition, 'code' | 'line'> & { readonly line?: ApprovalLine | null };
const body = ({ code: _, ...rest }: MatterDefinition): Body => rest;
const publish = (over: Partial<Body> = {}): BareCommand<MatterCommand> => ({
  type: 'PublishMatter',
  id: 'GC-02',
  ...body(matter),
  ...over,
});
const revise = (over: Partial<Body> = {}): BareCommand<MatterCommand> => ({
  type: 'ReviseMatter',
  id: 'GC-02',
  ...body(matter),
  ...over,
  reason: '压缩时限',
});
const BASIS = '优化营商环境条例 Art. 35';
const abolish: BareCommand<MatterCommand> = {
  ...{ type: 'AbolishMatter', id: 'GC-02' },
  ...{ reason: '没有法定依据', article: BASIS },
};
const person = (name: string) => ({ person: name, post: null, department: null, role: 'admin' as const });
const confirm = (by: string): BareCommand<MatterCommand> => ({
  type: 'ConfirmAbolition',
  id: 'GC-02',
  meta: { actor: person(by) },
});

const published: MatterEvent = { type: 'MatterPublished', version: 1, data: { matter } };
const proposed: MatterEvent = {
  type: 'AbolitionProposed',
  version: 1,
  data: { code: 'GC-02', reason: '没有法定依据', article: BASIS },
};
const abolished = {
  type: 'MatterAbolished',
  version: 1,
  data: { code: 'GC-02', reason: '没有法定依据' },
} as const satisfies MatterEvent;
const revision: MatterEvent = {
  type: 'MatterRevised',
  version: 1,
  data: { matter, matterVersion: 2, reason: '修订' },
};

describe('publishing', () => {
  test('once; again with the same content adds nothing, with another it is refused', () => {
    spec.given().when(publish()).then(published);
    spec.given(published).when(publish()).nothing();
    spec
      .given(published)
      .when(publish({ name: '别的' }))
      .refused('matter.exists', { code: 'GC-02' }, null, 'state');
  });

  test('a licence or a confirmation without law and article is refused, a filing is not', () => {
    const refused = (over: Partial<Body>) =>
      spec
        .given()
        .when(publish(over))
        .refused('matter.no-legal-basis', { code: 'GC-02' }, '行政许可法 Art. 4', 'input');
    refused({ legalBasis: [] });
    refused({ legalBasis: [{ law: '城乡规划法', article: ' ', verified: true }] });
    refused({ kind: 'confirmation', legalBasis: [{ law: '', article: 'Art. 1', verified: true }] });
    const filing = { kind: 'filing', legalBasis: [] } as const;
    spec
      .given()
      .when(publish(filing))
      .then({
        type: 'MatterPublished',
        version: 1,
        data: { matter: { ...matter, ...filing } },
      });
  });

  test('a material without a basis, a promise longer than the law and a day that does not exist are refused', () => {
    spec
      .given()
      .when(publish({ materials: [{ name: '户口本', key: false, basis: '' }] }))
      .refused(
        'matter.material-without-basis',
        { code: 'GC-02', material: '户口本' },
        '行政许可法 Art. 31',
        'input',
      );
    spec
      .given()
      .when(publish({ promised: limit(21, 'working-day', 'acceptance') }))
      .refused(
        'matter.promise-over-statutory',
        {
          code: 'GC-02',
          promised: '21 working-day from acceptance',
          statutory: '20 working-day from acceptance',
        },
        '优化营商环境条例 Art. 36',
        'input',
      );
    spec
      .given()
      .when(publish({ effectiveFrom: '2023-02-29' }))
      .refused('matter.not-a-day', { code: 'GC-02', day: '2023-02-29' }, null, 'input');
  });
});

test.each([
  // promised, statutory, fits
  [limit(20, 'working-day', 'acceptance'), limit(20, 'working-day', 'acceptance'), true],
  [limit(21, 'calendar-day', 'acceptance'), limit(20, 'working-day', 'acceptance'), false],
  [limit(20, 'calendar-day', 'acceptance'), limit(20, 'working-day', 'acceptance'), true],
  [limit(5, 'working-day', 'receipt'), limit(15, 'calendar-day', 'receipt'), true],
  [limit(5, 'working-day', 'receipt'), limit(14, 'calendar-day', 'receipt'), false],
  [limit(6, 'working-day', 'receipt'), limit(21, 'calendar-day', 'receipt'), false],
  [limit(1, 'working-day', 'receipt'), limit(7, 'calendar-day', 'receipt'), false],
  [limit(1, 'working-day', 'acceptance'), limit(60, 'calendar-day', 'receipt'), false],
  [limit(5, 'working-day', 'receipt'), limit(20, 'working-day', 'acceptance'), true],
])('a promise of %j within %j: %j', (promised, statutory, fits) => {
  expect(promiseFits(promised, statutory)).toBe(fits);
});

describe('revising and abolishing', () => {
  test('a revision that leaves the line out leaves the matter on it, null takes it off', () => {
    const onLine: MatterEvent = { ...published, data: { matter: { ...matter, line: 'planning' } } };
    const promised = limit(4, 'working-day', 'acceptance');
    const revised = (definition: MatterDefinition): MatterEvent => ({
      type: 'MatterRevised',
      version: 1,
      data: { matter: definition, matterVersion: 2, reason: '压缩时限' },
    });
    spec
      .given()
      .when(publish({ line: 'planning' }))
      .then(onLine);
    spec
      .given(onLine)
      .when(revise({ promised }))
      .then(revised({ ...matter, line: 'planning', promised }));
    spec
      .given(onLine)
      .when(revise({ line: null }))
      .then(revised(matter));
  });

  test('a revision counts versions, and one that changes nothing adds nothing', () => {
    const promised = limit(3, 'working-day', 'acceptance');
    const revised: MatterEvent = {
      type: 'MatterRevised',
      version: 1,
      data: { matter: { ...matter, promised }, matterVersion: 2, reason: '压缩时限' },
    };
    spec.given(published).when(revise({ promised })).then(revised);
    spec.given(published, revised).when(revise({ promised })).nothing();
    const shorter = { ...matter, promised: limit(1, 'working-day', 'acceptance') };
    spec
      .given(published, revised)
      .when(revise({ promised: shorter.promised }))
      .then({
        type: 'MatterRevised',
        version: 1,
        data: { matter: shorter, matterVersion: 3, reason: '压缩时限' },
      });
    spec
      .given(published)
      .when(revise({ legalBasis: [] }))
      .refused('matter.no-legal-basis');
    spec.given().when(revise()).refused('matter.not-published', { code: 'GC-02' }, null, 'absent');
  });

  test('the version in force is that of the day', () => {
    const next = { ...matter, promised: null, effectiveFrom: '2026-07-01' };
    const corrected = { ...next, statutory: null };
    const revision = (of: MatterDefinition, matterVersion: number): MatterEvent => ({
      type: 'MatterRevised',
      version: 1,
      data: { matter: of, matterVersion, reason: '压缩时限' },
    });
    const { state } = spec.given(published, revision(next, 2), revision(corrected, 3));
    const on = (day: string) => matterOn(state, day);
    expect([on('2019-04-22'), on('2019-04-23'), on('2026-06-30'), on('2026-07-01')]).toEqual([
      null,
      { matter, version: 1 },
      { matter, version: 1 },
      { matter: corrected, version: 3 },
    ]);
    expect(matterOn(spec.given(published, abolished).state, '2026-07-01')).toBeNull();
    expect(matterOn(spec.given().state, '2026-07-01')).toBeNull();
  });

  test('a version does not begin before the one it replaces', () => {
    const earlier = { effectiveFrom: '2019-04-22' };
    spec
      .given(published)
      .when(revise(earlier))
      .refused(
        'matter.validity-overlaps',
        { code: 'GC-02', day: '2019-04-22', latest: '2019-04-23' },
        null,
        'input',
      );
  });

  test('an abolished matter stays on the register and comes back by no command', () => {
    spec.given(published).when(abolish).then(proposed);
    spec.given().when(abolish).refused('matter.not-published', { code: 'GC-02' }, null, 'absent');
    for (const command of [publish(), revise({ name: '别的' }), abolish, confirm('other')]) {
      spec
        .given(published, abolished)
        .when(command)
        .refused('matter.abolished', { code: 'GC-02', reason: '没有法定依据' }, null, 'state');
    }
    expect(spec.given(published, abolished).state).toEqual({
      at: 'abolished',
      matter,
      version: 1,
      reason: '没有法定依据',
    });
  });

  test('7 a matter goes by two persons: one proposes and cites the law, another confirms', () => {
    const one = testMeta().actor.person;
    spec
      .given(published, proposed)
      .when(confirm('other'))
      .then({ ...abolished, data: { ...abolished.data, article: BASIS, proposedBy: one } });
    spec
      .given(published, proposed)
      .when(confirm(one))
      .refused('matter.abolition-by-one', { code: 'GC-02', person: one }, null, 'permission');
    for (const given of [[published], [published, proposed, revision]]) {
      spec
        .given(...given)
        .when(confirm('other'))
        .refused('matter.abolition-not-proposed', { code: 'GC-02' }, null, 'state');
    }
    expect(spec.given(published, proposed).state).toMatchObject({ at: 'in-force', matter });
  });

  test('7 a proposal to abolish a matter that cites no law is refused', () => {
    const { article: _, ...uncited } = abolish;
    spec
      .given(published)
      .when(uncited)
      .refused('matter.abolition-without-article', { code: 'GC-02', field: 'article' }, null, 'input');
  });

  test('a ruling is noted and changes nothing else, in an abolished matter too; there must be a matter', () => {
    const note: BareCommand<MatterCommand> = {
      type: 'NoteJurisdiction',
      id: 'GC-02',
      dispute: 'd1',
      application: 'p1-GC-02',
      department: 'water',
      article: '水法 Art. 38',
      note: '临河项目由水务局主办',
    };
    const noted: MatterEvent = {
      type: 'JurisdictionNoted',
      version: 1,
      data: {
        code: 'GC-02',
        dispute: 'd1',
        application: 'p1-GC-02',
        department: 'water',
        article: '水法 Art. 38',
        note: '临河项目由水务局主办',
      },
    };
    spec.given(published).when(note).then(noted);
    spec.given(published, abolished).when(note).then(noted);
    spec.given().when(note).refused('matter.not-published', { code: 'GC-02' }, null, 'absent');
    for (const history of [[published], [published, abolished]]) {
      expect(spec.given(...history, noted).state).toEqual(spec.given(...history).state);
    }
    expect(() => spec.given(noted)).toThrow('JurisdictionNoted before MatterPublished');
  });

  test('an event before the publication means a damaged log', () => {
    expect(() => spec.given(abolished)).toThrow('MatterAbolished before MatterPublished');
    expect(() => spec.given(published, published)).toThrow('MatterPublished a second time');
    const revised: MatterEvent = {
      type: 'MatterRevised',
      version: 1,
      data: { matter, matterVersion: 2, reason: '' },
    };
    expect(() => spec.given(published, abolished, revised)).toThrow('MatterRevised after MatterAbolished');
  });
});
