import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type Actor } from '#libs/engine/event-sourcing';
import { recorded } from '#libs/engine/event-sourcing-testing';
import { type AccountEvent } from './account.events.js';
import { actorOn } from './account.authenticator.js';
import { given, admin, opened, held, ended, closed, open } from './testing/accounts.js';

const liu = { person: 'liu', post: '窗口', department: 'natural-resources', role: 'window' };

describe('opening an account', () => {
  test('gives the account and, for staff, the post from today on', () => {
    given()
      .when({ ...open, post: '窗口', department: 'natural-resources' })
      .then(opened, held);
  });

  test('without a post, without a password', () => {
    const { password: _, ...bare } = open;
    given()
      .when({ ...bare, hashed: null })
      .then({ ...opened, data: { ...opened.data, passwordHash: null } });
  });

  test('is refused twice, for a half post, and for an unknown department', () => {
    given(opened).when(open).refused('account.exists', { account: 'liu' }, null, 'state');
    given()
      .when({ ...open, post: '窗口' })
      .refused('account.post-without-department', {}, null, 'input');
    given()
      .when({ ...open, post: '窗口', department: 'nowhere', departmentKnown: false })
      .refused('department.unknown', { department: 'nowhere' }, null, 'input');
  });
});

describe('changing a password', () => {
  const change = {
    type: 'ChangePassword',
    id: 'liu',
    password: 'fingerprint',
    hashed: { hash: 'h1' },
    isTheLast: false,
  } as const;
  const changed: AccountEvent = {
    type: 'PasswordChanged',
    version: 1,
    data: { account: 'liu', passwordHash: 'h1' },
  };

  test('one’s own, with the current one', () => {
    given(opened)
      .when({ ...change, currentMatches: true, meta: { actor: liu } })
      .then(changed);
    given(opened)
      .when({ ...change, currentMatches: false, meta: { actor: liu } })
      .refused('account.wrong-password', {}, null, 'input');
  });

  test('an administrator may set any password, every other caller only their own', () => {
    given(opened)
      .when({ ...change, currentMatches: false, meta: { actor: admin } })
      .then(changed);
    given(opened)
      .when({ ...change, currentMatches: true, meta: { actor: { ...liu, person: 'wang' } } })
      .refused('account.not-yours', {}, null, 'permission');
  });

  test('D11 a request for another account’s password reveals nothing, not even whether the account exists', () => {
    for (const history of [given(), given(opened), given(opened, closed)]) {
      history
        .when({ ...change, hashed: null, currentMatches: false, meta: { actor: { ...liu, person: 'wang' } } })
        .refused('account.not-yours', {}, null, 'permission');
    }
  });

  test('D12 the password of before is refused', () => {
    for (const actor of [liu, admin]) {
      given(opened)
        .when({ ...change, hashed: null, currentMatches: true, isTheLast: true, meta: { actor } })
        .refused('account.password-unchanged', { field: 'password' }, null, 'input');
    }
  });

  test('D12 one that an administrator set must be changed by its holder', () => {
    const by = (event: AccountEvent, actor: Actor) => recorded(event, { metadata: { actor } });
    const seed = { ...admin, person: 'system', role: 'system' };
    const must = (...events: ReturnType<typeof by>[]) => {
      const { state } = given(...events);
      return state.at !== 'nothing' && state.mustChangePassword === true;
    };
    expect([
      must(by(opened, admin)),
      must(by({ ...opened, data: { ...opened.data, passwordHash: null } }, admin)),
      must(by(opened, seed)),
      must(by(opened, seed), by(changed, admin)),
      must(by(opened, admin), by(changed, liu)),
      must(by(opened, admin), by(changed, admin)),
    ]).toEqual([true, false, false, true, false, true]);
  });

  test('makes tokens of before worthless', () => {
    expect(given(opened, changed).state).toStrictEqual({
      at: 'open',
      account: 'liu',
      displayName: '刘一',
      role: 'window',
      passwordHash: 'h1',
      generation: 1,
      posts: [],
    });
  });
});

describe('posts', () => {
  const hold = {
    type: 'HoldPost',
    id: 'liu',
    post: '审查',
    department: 'natural-resources',
    departmentKnown: true,
    meta: { actor: admin },
  } as const;

  test('one at a time', () => {
    given(opened, held)
      .when(hold)
      .refused('account.post-overlaps', { account: 'liu', post: '窗口', from: '2026-11-24' }, null, 'state');
    given(opened, held, ended)
      .when({ ...hold, from: '2026-12-01' })
      .then({
        type: 'PostHeld',
        version: 1,
        data: { account: 'liu', post: '审查', department: 'natural-resources', from: '2026-12-01' },
      });
  });

  test('end on a day, not before they begin', () => {
    const end = { type: 'EndPost', id: 'liu', meta: { actor: admin } } as const;
    given(opened, held)
      .when({ ...end, until: '2026-11-30' })
      .then(ended);
    given(opened, held, ended)
      .when({ ...end, until: '2026-11-30' })
      .nothing();
    given(opened).when(end).refused('account.no-post', { account: 'liu', day: '2026-11-24' }, null, 'state');
    given(opened, held)
      .when({ ...end, until: '2026-11-01' })
      .refused('account.ends-before-it-begins', { until: '2026-11-01', from: '2026-11-24' }, null, 'input');
    given(opened, held)
      .when({ ...end, until: '2026-02-30' })
      .refused('account.not-a-day', { field: 'until', value: '2026-02-30' }, null, 'input');
  });

  test('a person acts only for the department held on that day', () => {
    const { state } = given(opened, held, ended);
    if (state.at === 'nothing') throw new Error('opened above');
    const outside = { person: 'liu', post: null, department: null, role: 'window' };
    expect(
      ['2026-11-23', '2026-11-24', '2026-11-30', '2026-12-01'].map((day) => actorOn(state, day)),
    ).toStrictEqual([outside, liu, liu, outside]);
  });
});

test('a closed account stays closed', () => {
  const close = {
    type: 'CloseAccount',
    id: 'liu',
    reason: '退休',
    otherAdmins: true,
    meta: { actor: admin },
  } as const;
  given(opened).when(close).then(closed);
  given(opened, closed).when(close).refused('account.closed', { account: 'liu' }, null, 'state');
  given().when(close).refused('account.unknown', { account: 'liu' }, null, 'absent');
});
