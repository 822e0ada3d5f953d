import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { foldEvents } from '#libs/engine/event-sourcing-testing';
import { accountDecider } from './account.decider.js';
import { type AccountEvent } from './account.events.js';
import { organisationDecider } from './organisation.decider.js';
import { type OrganisationEvent } from './organisation.events.js';
import { departmentDecider } from './department.decider.js';
import { type DepartmentEvent } from './department.events.js';

const folder = new URL('golden/', import.meta.url);
const golden = <Event>(name: string): Event =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Event;

const withCode = 'AccountOpened.v1.with-code';
const sealed = 'AccountOpened.v1.sealed';
const account = ['AccountOpened.v1', 'PasswordChanged.v1', 'PostHeld.v1', 'PostEnded.v1', 'AccountClosed.v1'];
const identities = ['IdentityBound.v1', 'IdentityReleased.v1'];
const code = 'CreditCodeRegistered.v1';
const changes = ['AccountChangeProposed.v1', 'AccountChangeConfirmed.v1', 'AccountChangeDropped.v1'];
const organisation = [
  'OrganisationRegistered.v1',
  'OrganisationCorrected.v1',
  'HandlingPersonNamed.v1',
  'HandlingPersonEnded.v1',
];
const department = ['DepartmentEstablished.v1', 'DepartmentSucceeded.v1', 'WorkReassigned.v1'];

test('every version ever stored is kept', () => {
  const files = readdirSync(folder).map((name) => name.replace('.json', ''));
  expect(files.sort()).toEqual(
    [...account, withCode, sealed, code, ...changes, ...identities, ...department, ...organisation].sort(),
  );
});

test('stored account events fold into what they meant', () => {
  expect(
    foldEvents(
      accountDecider,
      account.map((name) => golden<AccountEvent>(name)),
    ),
  ).toStrictEqual({
    at: 'closed',
    account: 'liu',
    displayName: '刘一',
    role: 'window',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdB$b3RoZXI',
    generation: 1,
    posts: [{ post: '窗口', department: 'natural-resources', from: '2026-01-01', until: '2026-06-30' }],
  });
});

test('stored department events fold into what they meant', () => {
  expect(
    foldEvents(
      departmentDecider,
      department.map((name) => golden<DepartmentEvent>(name)),
    ),
  ).toStrictEqual({
    at: 'established',
    department: 'planning',
    name: '规划局',
    nameEn: 'Planning Bureau',
    region: '210521',
    succession: { successor: 'natural-resources', from: '2019-01-01' },
  });
});

test('D14 stored proposals fold into what they meant', () => {
  const [proposed, confirmed, dropped] = changes.map((name) => golden<AccountEvent>(name));
  const opened = golden<AccountEvent>('AccountOpened.v1');
  if (!proposed || !confirmed || !dropped) throw new Error('three golden files');
  const waiting = foldEvents(accountDecider, [opened, proposed]);
  expect(waiting.proposals).toStrictEqual({
    last: 1,
    waiting: [
      {
        proposal: 1,
        change: {
          act: 'password',
          passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$cmVzZXQ',
        },
        proposedBy: 'root',
      },
    ],
  });
  const after = foldEvents(accountDecider, [opened, proposed, confirmed, dropped]);
  expect([after.proposals, after.at !== 'nothing' && after.mustChangePassword]).toStrictEqual([
    { last: 1, waiting: [] },
    true,
  ]);
});

test('D18 stored bindings fold into what they meant', () => {
  const [bound, released] = identities.map((name) => golden<AccountEvent>(name));
  const opened = golden<AccountEvent>('AccountOpened.v1');
  if (!bound || !released) throw new Error('two golden files');
  const after = (...events: AccountEvent[]) => {
    const state = foldEvents(accountDecider, [opened, ...events]);
    return state.at !== 'nothing' && state.identities;
  };
  const identity = {
    issuer: 'https://id.example/realms/county',
    subject: '5f0c1e1a-0b7e-4c55-9a51-2f1f1a7d9a10',
  };
  expect([after(bound), after(bound, released)]).toStrictEqual([[identity], []]);
});

test('T3 an account that was opened with a credit code folds into one that has it', () => {
  expect(foldEvents(accountDecider, [golden<AccountEvent>(withCode)])).toStrictEqual({
    at: 'open',
    account: 'tencent',
    displayName: '深圳市腾讯计算机系统有限公司',
    role: 'applicant',
    passwordHash: null,
    generation: 0,
    posts: [],
    creditCode: '9144030071526726XG',
  });
});

test('T3 a credit code that was registered later takes the place of the one before', () => {
  const opened = [golden<AccountEvent>('AccountOpened.v1'), golden<AccountEvent>(withCode)];
  const codes = opened.map((first) => {
    const state = foldEvents(accountDecider, [first, golden<AccountEvent>(code)]);
    return state.at !== 'nothing' && state.creditCode;
  });
  expect(codes).toEqual(['91310000775785552L', '91310000775785552L']);
});

test('4 an account that was opened with a sealed name folds into one that holds it sealed', () => {
  expect(foldEvents(accountDecider, [golden<AccountEvent>(sealed)])).toStrictEqual({
    at: 'open',
    account: 'li',
    displayName: {
      person: 'li',
      key: 'PUdkrqPsWqQ',
      sealed: 'q0Hj9bV2yYk1mQn7b3mV8a1rL2e1w9pHcC3tq5m0v1Yb4xQe',
    },
    role: 'applicant',
    passwordHash: null,
    generation: 0,
    posts: [],
  });
});

test('4 stored events of an organisation fold into what they meant, its persons sealed', () => {
  expect(
    foldEvents(
      organisationDecider,
      organisation.map((name) => golden<OrganisationEvent>(name)),
    ),
  ).toStrictEqual({
    at: 'registered',
    entry: {
      name: '本溪水洞酒业集团有限公司',
      address: '小市镇政府路2号',
      legalPerson: {
        person: '91210521MA0000001A/legal-person',
        key: 'PUdkrqPsWqQ',
        sealed: 'q0Hj9bV2yYk1mQn7b3mV8a1rL2e1w9pHcC3tq5m0v1Yb4xQe',
      },
    },
    named: 1,
    handling: [],
  });
});
