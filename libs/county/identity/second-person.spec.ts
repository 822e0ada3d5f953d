import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type Actor } from '#libs/engine/event-sourcing';
import { type AccountChange, type AccountEvent, type SecondPersonCause } from './account.events.js';
import { given, admin, opened, held, ended, closed, open } from './testing/accounts.js';

describe('D14 what one administrator cannot do alone', () => {
  const other = { ...admin, person: 'wang-admin' };
  const on = (account: string, role: string): AccountEvent => ({
    type: 'AccountOpened',
    version: 1,
    data: { account, displayName: account, role, passwordHash: 'h0' },
  });
  const proposed = (account: string, change: AccountChange, cause: SecondPersonCause): AccountEvent => ({
    type: 'AccountChangeProposed',
    version: 1,
    data: { account, proposal: 1, change, causes: [cause], proposedBy: 'root' },
  });
  const confirmed = (account: string, act: AccountChange['act']): AccountEvent => ({
    type: 'AccountChangeConfirmed',
    version: 1,
    data: { account, proposal: 1, act },
  });
  const confirm = (id: string, actor: Actor, otherAdmins = true) =>
    ({
      type: 'ConfirmAccountChange',
      id,
      proposal: 1,
      otherAdmins,
      isTaken: false,
      meta: { actor },
    }) as const;

  const backDated = {
    act: 'open',
    ...{ displayName: '刘一', role: 'department-head', passwordHash: 'h0' },
    ...{ post: '局长', department: 'natural-resources', from: '2026-11-23' },
  } as const;
  const head = { ...open, role: 'department-head', post: '局长', department: 'natural-resources' } as const;
  const headOpened: AccountEvent = { ...opened, data: { ...opened.data, role: 'department-head' } };
  const headHeld: AccountEvent = { ...held, data: { ...held.data, post: '局长', from: '2026-11-23' } };

  test('a post that begins before today', () => {
    given()
      .when({ ...head, from: '2026-11-23' })
      .then(proposed('liu', backDated, 'back-dated'));
    given(proposed('liu', backDated, 'back-dated'))
      .when(confirm('liu', other))
      .then(headOpened, headHeld, confirmed('liu', 'open'));
    given()
      .when({ ...head, from: '2026-11-24' })
      .then(headOpened, { ...headHeld, data: { ...headHeld.data, from: '2026-11-24' } });
    const change = { act: 'post', post: '审查', department: 'water', from: '2026-01-01' } as const;
    given(opened)
      .when({
        ...{ type: 'HoldPost', id: 'liu', departmentKnown: true, meta: { actor: admin } },
        ...{ post: '审查', department: 'water', from: '2026-01-01' },
      })
      .then(proposed('liu', change, 'back-dated'));
    given(opened, held)
      .when({ type: 'EndPost', id: 'liu', until: '2026-11-24', meta: { actor: admin } })
      .then({ ...ended, data: { ...ended.data, until: '2026-11-24' } });
    const early: AccountEvent = { ...held, data: { ...held.data, from: '2026-01-01' } };
    given(opened, early)
      .when({ type: 'EndPost', id: 'liu', until: '2026-11-23', meta: { actor: admin } })
      .then(proposed('liu', { act: 'post-end', until: '2026-11-23' }, 'back-dated'));
  });

  test.each(['supervisor', 'leader', 'campaign-office', 'admin'])(
    'the password and the end of a %s',
    (role) => {
      const reset = { type: 'ChangePassword', id: 'zhao', password: 'f', hashed: { hash: 'h1' } } as const;
      const change = { act: 'password', passwordHash: 'h1' } as const;
      given(on('zhao', role))
        .when({ ...reset, currentMatches: false, isTheLast: false, meta: { actor: admin } })
        .then(proposed('zhao', change, 'overseer'));
      const changed: AccountEvent = {
        ...{ type: 'PasswordChanged', version: 1, data: { account: 'zhao', passwordHash: 'h1' } },
      };
      const holder = { ...admin, person: 'zhao', role };
      for (const actor of [other, holder]) {
        given(on('zhao', role), proposed('zhao', change, 'overseer'))
          .when(confirm('zhao', actor))
          .then(changed, confirmed('zhao', 'password'));
      }
      const close = { type: 'CloseAccount', id: 'zhao', reason: '调离', otherAdmins: true } as const;
      given(on('zhao', role))
        .when({ ...close, meta: { actor: admin } })
        .then(proposed('zhao', { act: 'closure', reason: '调离' }, 'overseer'));
    },
  );

  test.each([
    ['supervisor', 'overseer'],
    ['leader', 'overseer'],
    ['campaign-office', 'overseer'],
    ['admin', 'administrator'],
  ] as const)('the account of a new %s', (role, cause) => {
    const change = {
      act: 'open',
      ...{ displayName: '刘一', role, passwordHash: 'h0' },
      ...{ post: null, department: null, from: null },
    } as const;
    given()
      .when({ ...open, role })
      .then(proposed('liu', change, cause));
    // The command line on the server's machine, and the seed, begin an installation.
    given()
      .when({ ...open, role, meta: { actor: { ...admin, person: 'ops' } } })
      .then({ ...opened, data: { ...opened.data, role } });
  });

  test('neither the proposer nor a person without the right may confirm', () => {
    const waiting = proposed('liu', backDated, 'back-dated');
    given(waiting)
      .when(confirm('liu', admin))
      .refused('account.second-person-needed', {}, null, 'permission');
    given(waiting)
      .when(confirm('liu', { ...admin, person: 'chen', role: 'supervisor' }))
      .refused('account.not-yours', {}, null, 'permission');
    given(waiting, headOpened, headHeld, confirmed('liu', 'open'))
      .when(confirm('liu', other))
      .refused('account.no-such-proposal', { account: 'liu', proposal: 1 }, null, 'absent');
  });

  test('what the rules no longer allow is not confirmed; it can be dropped', () => {
    const waiting = proposed('liu', backDated, 'back-dated');
    given(waiting, opened)
      .when(confirm('liu', other))
      .refused('account.exists', { account: 'liu' }, null, 'state');
    given(waiting, opened)
      .when({ type: 'DropAccountChange', id: 'liu', proposal: 1, reason: '误报', meta: { actor: other } })
      .then({
        type: 'AccountChangeDropped',
        version: 1,
        data: { account: 'liu', proposal: 1, reason: '误报' },
      });
  });

  test('the last administrator is not closed, even with a confirmation', () => {
    const close = { type: 'CloseAccount', id: 'root', reason: '退休', meta: { actor: admin } } as const;
    given(on('root', 'admin'))
      .when({ ...close, otherAdmins: false })
      .refused('account.last-admin', { account: 'root' }, null, 'state');
    given(on('root', 'admin'), proposed('root', { act: 'closure', reason: '退休' }, 'overseer'))
      .when(confirm('root', other, false))
      .refused('account.last-admin', { account: 'root' }, null, 'state');
  });

  test('the command line on the machine needs no second person; no account may have its names', () => {
    const operator = { ...admin, person: 'ops' };
    given()
      .when({ ...open, role: 'admin', meta: { actor: operator } })
      .then({ ...opened, data: { ...opened.data, role: 'admin' } });
    for (const id of ['ops', 'system']) {
      given()
        .when({ ...open, id })
        .refused('account.name-reserved', { account: id }, null, 'input');
    }
  });

  test('4 the id of an account must not be a number of a person, since it stays in the log', () => {
    const of = (id: string) => given().when({ ...open, id, role: 'applicant' });
    for (const id of ['13912345678', '11010519491231002X', '11010519491231002x', '110105194912310021'])
      of(id).refused('account.id-is-a-number', {}, null, 'input');
    // A date that there is not, too few digits, and a unified social credit code.
    for (const id of ['110105194913310021', '1391234567', '9144030071526726XG'])
      of(id).then({ ...opened, data: { ...opened.data, account: id, role: 'applicant' } });
  });

  test('a password that was confirmed must be changed by its holder', () => {
    const change = { act: 'password', passwordHash: 'h1' } as const;
    const { state } = given(
      on('zhao', 'leader'),
      proposed('zhao', change, 'overseer'),
      { type: 'PasswordChanged', version: 1, data: { account: 'zhao', passwordHash: 'h1' } },
      confirmed('zhao', 'password'),
    );
    expect(state.at !== 'nothing' && [state.mustChangePassword, state.generation]).toEqual([true, 1]);
  });
});

describe('D18 who of the identity provider the holder is', () => {
  const identity = { issuer: 'https://id.example', subject: 'a-subject' } as const;
  const bound: AccountEvent = { type: 'IdentityBound', version: 1, data: { account: 'liu', ...identity } };
  const by = { meta: { actor: admin } };
  const bind = { type: 'BindIdentity', id: 'liu', ...identity, isTaken: false, ...by } as const;

  test('an administrator says it, once, and no two accounts are one person', () => {
    given(opened).when(bind).then(bound);
    given(opened, bound).when(bind).nothing();
    given(opened)
      .when({ ...bind, isTaken: true })
      .refused('account.identity-taken', identity, null, 'state');
    given(opened, closed).when(bind).refused('account.closed', { account: 'liu' }, null, 'state');
  });

  test('that of an overseer takes a second person', () => {
    const leader: AccountEvent = { ...opened, data: { ...opened.data, role: 'leader' } };
    given(leader)
      .when(bind)
      .then({
        type: 'AccountChangeProposed',
        version: 1,
        data: {
          ...{ account: 'liu', proposal: 1, change: { act: 'identity', ...identity } },
          ...{ causes: ['overseer'], proposedBy: 'root' },
        },
      });
  });

  test('it can be released, and then belongs to no account', () => {
    const release = { type: 'ReleaseIdentity', id: 'liu', ...identity, meta: { actor: admin } } as const;
    given(opened, bound)
      .when(release)
      .then({ type: 'IdentityReleased', version: 1, data: { account: 'liu', ...identity } });
    given(opened).when(release).refused('account.identity-unknown', { account: 'liu' }, null, 'state');
  });
});
