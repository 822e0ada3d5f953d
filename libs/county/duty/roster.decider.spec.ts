import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { RuleViolation, defined } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, deciderSpec, head, recorded } from '#libs/engine/event-sourcing-testing';
import { gapsOf } from './roster-gaps.js';
import { type RosterCommand } from './roster.commands.js';
import { rosterDecider } from './roster.decider.js';
import { type RosterEvent, type DelegationScope } from './roster.events.js';
import { rosters } from './roster.projection.js';
import { delegationFor, type WindowDecision } from './roster.rules.js';

// The commands are given at 10:00 in China on Tuesday 24 November 2026.
const TODAY = '2026-11-24';
const spec = deciderSpec(rosterDecider, {
  meta: { actor: head },
  facts: { PostAtWindow: ['found'], GrantDelegation: ['unknown'] },
});
const department = 'natural-resources';

type Of<Type extends RosterCommand['type']> = Extract<CommandWithFacts<RosterCommand>, { type: Type }>;
type DataOf<Type extends RosterEvent['type']> = Extract<RosterEvent, { type: Type }>['data'];

const post = (over: Partial<Of<'PostAtWindow'>> = {}): CommandWithFacts<RosterCommand> => ({
  type: 'PostAtWindow',
  id: department,
  window: '工程建设窗口',
  person: 'li',
  found: { role: 'window', post: '窗口', department },
  ...over,
});
const filled = (over: Partial<DataOf<'WindowPostFilled'>> = {}): RosterEvent => ({
  type: 'WindowPostFilled',
  version: 1,
  data: {
    ...{ department, window: '工程建设窗口', person: 'li', post: '窗口' },
    ...{ from: TODAY, until: null, reason: null },
    ...over,
  },
});
const grant = (over: Partial<Of<'GrantDelegation'>> = {}): CommandWithFacts<RosterCommand> => ({
  type: 'GrantDelegation',
  id: department,
  delegation: 'sq-1',
  person: 'li',
  full: true,
  until: '2026-12-31',
  unknown: [],
  ...over,
});
const granted = (over: Partial<DataOf<'DelegationGranted'>> = {}): RosterEvent => ({
  type: 'DelegationGranted',
  version: 1,
  data: {
    ...{ department, delegation: 'sq-1', person: 'li', scope: { full: true } },
    ...{ from: TODAY, until: '2026-12-31', reason: null },
    ...over,
  },
});
const revoked = (from: string): RosterEvent => ({
  type: 'DelegationRevoked',
  version: 1,
  data: { department, delegation: 'sq-1', person: 'li', from, reason: '调离' },
});
const left = (until: string): RosterEvent => ({
  type: 'WindowPostEnded',
  version: 1,
  data: { department, window: '工程建设窗口', person: 'li', until, reason: null },
});
const reserved = (from: string, ...acts: DataOf<'WindowActsReserved'>['acts']): RosterEvent => ({
  type: 'WindowActsReserved',
  version: 1,
  data: { department, acts, from, reason: null },
});
const closed: RosterEvent = {
  type: 'WindowClosed',
  version: 1,
  data: { department, window: '工程建设窗口', from: '2027-01-01', reason: null },
};

describe('people at the window', () => {
  test('are window staff of the department, from today where no day is said, at one window at a time', () => {
    spec.given().when(post()).then(filled());
    spec
      .given()
      .when(post({ from: '2026-11-01', until: '2026-11-30', reason: '轮岗' }))
      .then(filled({ from: '2026-11-01', until: '2026-11-30', reason: '轮岗' }));
    for (const found of [
      null,
      { role: 'reviewer', post: '审查岗', department },
      { role: 'window', post: '窗口', department: 'water' },
    ]) {
      spec
        .given()
        .when(post({ found }))
        .refused('roster.not-window-staff', { person: 'li', department, day: TODAY }, null, 'input');
    }
    spec
      .given(filled())
      .when(post({ window: '综合窗口', from: '2027-01-01' }))
      .refused('roster.posted-already', { person: 'li', window: '工程建设窗口', from: TODAY }, null, 'state');
    spec
      .given(filled({ until: '2026-12-31' }))
      .when(post({ window: '综合窗口', from: '2027-01-01' }))
      .then(filled({ window: '综合窗口', from: '2027-01-01' }));
  });

  test('leave it on a day, today where none is said, once', () => {
    const end = (until?: string): CommandWithFacts<RosterCommand> => ({
      type: 'EndWindowPost',
      id: department,
      person: 'li',
      ...defined({ until }),
    });
    spec.given(filled()).when(end()).then(left(TODAY));
    spec.given(filled(), left('2026-12-01')).when(end('2026-12-01')).nothing();
    spec.given(filled(), left('2026-12-01')).when(end('2026-12-24')).nothing();
    spec.given(filled(), left('2026-12-01')).when(end('2026-11-30')).then(left('2026-11-30'));
    spec
      .given(filled())
      .when(end('2026-11-23'))
      .refused('roster.ends-before-it-begins', { from: TODAY, until: '2026-11-23' }, null, 'input');
    spec.given().when(end()).refused('roster.not-at-a-window', { person: 'li', day: TODAY }, null, 'state');
  });

  test('have left a window before it is closed; it does not come back', () => {
    const close: CommandWithFacts<RosterCommand> = {
      type: 'CloseWindow',
      id: department,
      window: '工程建设窗口',
      from: '2027-01-01',
    };
    const before = [filled(), left('2026-12-31')];
    spec
      .given(...before)
      .when(close)
      .then(closed);
    const params = { window: '工程建设窗口', from: '2027-01-01' };
    spec
      .given(filled())
      .when(close)
      .refused('roster.window-occupied', { ...params, person: 'li' }, null, 'state');
    spec.given().when(close).refused('roster.window-unknown', { window: '工程建设窗口' }, null, 'absent');
    spec
      .given(...before, closed)
      .when(close)
      .refused('roster.window-closed', params, null, 'state');
    spec
      .given(...before, closed)
      .when(post({ person: 'wang' }))
      .refused('roster.window-closed', params, null, 'state');
    spec
      .given(...before, closed)
      .when(post({ person: 'wang', until: '2026-12-31' }))
      .then(filled({ person: 'wang', until: '2026-12-31' }));
  });

  test('are sent by the head of their own department, on days that exist', () => {
    const meta = { actor: { ...head, department: 'water' } };
    for (const command of [post({ meta }), grant({ meta })]) {
      spec
        .given(filled())
        .when(command)
        .refused('roster.not-your-department', { department }, null, 'permission');
    }
    spec
      .given()
      .when(post({ from: '2026-02-30' }))
      .refused('roster.not-a-day', { field: 'from', day: '2026-02-30' }, null, 'input');
  });
});

describe('a delegation', () => {
  test('is full, or says which acts and matters', () => {
    spec.given(filled()).when(grant()).then(granted());
    const { full: _, ...listed } = grant() as Of<'GrantDelegation'>;
    const scope = { full: false, acts: ['approval'], matters: null } as const;
    spec
      .given(filled())
      .when({ ...listed, acts: ['approval'] })
      .then(granted({ scope }));
    spec
      .given(filled())
      .when({ ...listed, matters: ['GC-02'] })
      .then(granted({ scope: { full: false, acts: null, matters: ['GC-02'] } }));
    spec.given(filled()).when(listed).refused('roster.scope-unclear', { field: 'acts' }, null, 'input');
    spec
      .given(filled())
      .when(grant({ acts: ['approval'] }))
      .refused('roster.scope-unclear', { field: 'full' }, null, 'input');
    spec
      .given(filled())
      .when({ ...listed, matters: ['XX-9', 'GC-02'], unknown: ['XX-9'] })
      .refused('roster.unknown-matters', { matters: 'XX-9' }, null, 'input');
  });

  test('goes to who is at a window, is new, not backdated, and ends', () => {
    spec.given().when(grant()).refused('roster.not-at-a-window', { person: 'li', day: TODAY }, null, 'input');
    spec
      .given(filled(), granted())
      .when(grant())
      .refused('roster.delegation-exists', { delegation: 'sq-1' }, null, 'state');
    spec
      .given(filled({ from: '2026-11-01' }))
      .when(grant({ from: '2026-11-23' }))
      .refused('roster.backdated', { from: '2026-11-23', today: TODAY }, null, 'input');
    spec
      .given(filled())
      .when(grant({ until: '2026-11-23' }))
      .refused('roster.ends-before-it-begins', { from: TODAY, until: '2026-11-23' }, null, 'input');
  });

  test('is taken back from today on, once', () => {
    const revoke: CommandWithFacts<RosterCommand> = {
      type: 'RevokeDelegation',
      id: department,
      delegation: 'sq-1',
      reason: '调离',
    };
    spec.given(filled(), granted()).when(revoke).then(revoked(TODAY));
    spec.given(filled(), granted(), revoked(TODAY)).when(revoke).nothing();
    spec
      .given(filled())
      .when(revoke)
      .refused('roster.delegation-unknown', { delegation: 'sq-1' }, null, 'absent');
  });
});

test('a department reserves acts that are the window’s own, from a day that has not passed', () => {
  const reserve = (from: string, acts: Of<'ReserveWindowActs'>['acts']): CommandWithFacts<RosterCommand> => ({
    type: 'ReserveWindowActs',
    id: department,
    from,
    acts,
  });
  spec
    .given()
    .when(reserve(TODAY, ['closure', 'acceptance']))
    .then(reserved(TODAY, 'acceptance', 'closure'));
  const before = reserved('2026-12-01', 'acceptance');
  spec
    .given(before)
    .when(reserve('2026-12-02', ['acceptance']))
    .nothing();
  spec.given(before).when(reserve('2026-12-01', [])).then(reserved('2026-12-01'));
  spec
    .given(before)
    .when(reserve(TODAY, []))
    .refused('roster.not-after', { latest: '2026-12-01', from: TODAY }, null, 'state');
  spec
    .given()
    .when(reserve('2026-11-23', ['closure']))
    .refused('roster.backdated', { from: '2026-11-23', today: TODAY }, null, 'input');
});

describe('deciding at the window', () => {
  const decide = (history: readonly RosterEvent[], over: Partial<WindowDecision> = {}) => {
    const decision = { person: 'li', act: 'approval', matter: 'GC-02', day: TODAY, ...over } as const;
    try {
      return delegationFor(spec.given(...history).state, decision);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return [error.code, error.kind, error.params];
    }
  };
  const missing = (over: object = {}) => [
    'delegation.missing',
    'permission',
    {
      person: 'li',
      act: 'approval',
      actZh: '准予许可',
      actEn: 'Approve',
      matter: 'GC-02',
      day: TODAY,
      ...over,
    },
  ];

  test('needs a delegation that covers the act, the matter and the day', () => {
    expect(decide([filled()])).toEqual(missing());
    expect(decide([filled(), granted()])).toBe('sq-1');
    expect(decide([filled(), granted()], { day: '2026-12-31' })).toBe('sq-1');
    expect(decide([filled(), granted()], { day: '2027-01-01' })).toEqual(missing({ day: '2027-01-01' }));
    expect(decide([filled(), granted()], { person: 'wang' })).toEqual(missing({ person: 'wang' }));
    const of = (scope: DelegationScope) => [filled(), granted({ scope })];
    const acts = of({ full: false, acts: ['approval'], matters: null });
    expect(decide(acts)).toBe('sq-1');
    expect(decide(acts, { act: 'refusal' })).toEqual(
      missing({ act: 'refusal', actZh: '不予许可', actEn: 'Refuse' }),
    );
    const matters = of({ full: false, acts: null, matters: ['GC-02'] });
    expect(decide(matters)).toBe('sq-1');
    expect(decide(matters, { matter: 'LX-07' })).toEqual(missing({ matter: 'LX-07' }));
    expect(decide(matters, { matter: null })).toEqual(missing({ matter: '—' }));
  });

  test('is over with the stay at the window, and on the day it is taken back', () => {
    const day = '2026-12-02';
    expect(decide([filled(), granted(), left('2026-12-01')], { day })).toEqual(missing({ day }));
    expect(decide([filled(), granted(), revoked(day)], { day })).toEqual(missing({ day }));
    expect(decide([filled(), granted(), revoked(day)], { day: '2026-12-01' })).toBe('sq-1');
  });

  test('the window’s own decisions need none, until the department reserves them', () => {
    expect(decide([], { act: 'acceptance' })).toBeNull();
    const history = [filled(), reserved('2026-12-01', 'acceptance')];
    expect(decide(history, { act: 'acceptance' })).toBeNull();
    const day = '2026-12-01';
    expect(decide(history, { act: 'acceptance', day })).toEqual(
      missing({ act: 'acceptance', actZh: '受理', actEn: 'Accept', day }),
    );
    expect(decide(history, { act: 'closure', day })).toBeNull();
    expect(decide([...history, granted()], { act: 'acceptance', day })).toBe('sq-1');
  });
});

describe('gaps', () => {
  const gaps = (history: readonly RosterEvent[], span: { from: string; to: string }, leaves = '9999') =>
    gapsOf(department, spec.given(...history).state, span, {
      calendar: calendarOf({ knownUntil: '2027-12-31' }),
      inOffice: (_, day) => day < leaves,
    });
  const of = { department, window: '工程建设窗口', provisional: false };

  test('are working days of a window without full authorisation, with who is there', () => {
    const listed = granted({ delegation: 'sq-0', scope: { full: false, acts: ['approval'], matters: null } });
    const history = [
      filled(),
      listed,
      granted({ from: '2026-11-26', until: '2026-11-30' }),
      left('2026-12-02'),
    ];
    // The 28th and 29th are a weekend; before the 24th there was no window.
    expect(gaps(history, { from: '2026-11-20', to: '2026-12-07' })).toEqual([
      {
        ...of,
        from: '2026-11-24',
        to: '2026-11-25',
        workingDays: 2,
        cause: 'nobody-authorised',
        people: ['li'],
      },
      {
        ...of,
        from: '2026-12-01',
        to: '2026-12-02',
        workingDays: 2,
        cause: 'nobody-authorised',
        people: ['li'],
      },
      { ...of, from: '2026-12-03', to: '2026-12-07', workingDays: 3, cause: 'nobody-there', people: [] },
    ]);
  });

  test('end with the window, and open when its person holds no post any more', () => {
    expect(gaps([filled(), left('2026-12-31'), closed], { from: '2026-12-31', to: '2027-01-31' })).toEqual([
      {
        ...of,
        from: '2026-12-31',
        to: '2026-12-31',
        workingDays: 1,
        cause: 'nobody-authorised',
        people: ['li'],
      },
    ]);
    // The holidays of 2040 are not known yet.
    expect(gaps([filled()], { from: '2040-11-26', to: '2040-11-26' })).toMatchObject([{ provisional: true }]);
    expect(gaps([filled(), granted()], { from: TODAY, to: '2026-11-25' })).toEqual([]);
    expect(gaps([filled(), granted()], { from: TODAY, to: '2026-11-25' }, '2026-11-25')).toEqual([
      { ...of, from: '2026-11-25', to: '2026-11-25', workingDays: 1, cause: 'nobody-there', people: [] },
    ]);
  });
});

test('the read model holds what the stream folds into', () => {
  const history = [
    filled(),
    granted(),
    reserved('2026-12-01', 'closure'),
    revoked(TODAY),
    left('2026-12-31'),
    closed,
  ];
  const document = history
    .map((event, index) => recorded(event, { revision: BigInt(index) }))
    .reduce<Parameters<typeof rosters.fold>[0]>(
      (before, event) => rosters.fold(before, event, department),
      null,
    );
  expect(document).toEqual({
    ...spec.given(...history).state,
    id: department,
    department,
    revision: '5',
  });
});
