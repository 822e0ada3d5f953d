import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { defined } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, head, recorded } from '#libs/engine/event-sourcing-testing';
import { type RosterCommand } from './roster.commands.js';
import { rosters } from './roster.projection.js';
import {
  TODAY,
  spec,
  department,
  filled,
  granted,
  revoked,
  left,
  reserved,
  closed,
} from './testing/rosters.js';

type Of<Type extends RosterCommand['type']> = Extract<CommandWithFacts<RosterCommand>, { type: Type }>;

const post = (over: Partial<Of<'PostAtWindow'>> = {}): CommandWithFacts<RosterCommand> => ({
  type: 'PostAtWindow',
  id: department,
  window: '工程建设窗口',
  person: 'li',
  found: { role: 'window', post: '窗口', department },
  ...over,
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
