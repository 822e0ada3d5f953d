import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { accountDecider } from '../account.decider.js';
import { type AccountEvent } from '../account.events.js';
export const { given } = deciderSpec(accountDecider, {
  facts: {
    OpenAccount: ['hashed', 'departmentKnown'],
    ChangePassword: ['hashed', 'currentMatches', 'isTheLast'],
    HoldPost: ['departmentKnown'],
    CloseAccount: ['otherAdmins'],
    BindIdentity: ['isTaken'],
    ConfirmAccountChange: ['otherAdmins', 'isTaken'],
  },
});

export const admin = { person: 'root', post: null, department: null, role: 'admin' };

export const opened: Extract<AccountEvent, { type: 'AccountOpened' }> = {
  type: 'AccountOpened',
  version: 1,
  data: { account: 'liu', displayName: '刘一', role: 'window', passwordHash: 'h0' },
};
export const held: Extract<AccountEvent, { type: 'PostHeld' }> = {
  type: 'PostHeld',
  version: 1,
  data: { account: 'liu', post: '窗口', department: 'natural-resources', from: '2026-11-24' },
};
export const ended: Extract<AccountEvent, { type: 'PostEnded' }> = {
  type: 'PostEnded',
  version: 1,
  data: { account: 'liu', post: '窗口', department: 'natural-resources', until: '2026-11-30' },
};
export const closed: Extract<AccountEvent, { type: 'AccountClosed' }> = {
  type: 'AccountClosed',
  version: 1,
  data: { account: 'liu', reason: '退休' },
};

export const open = {
  type: 'OpenAccount',
  id: 'liu',
  displayName: '刘一',
  role: 'window',
  password: 'fingerprint',
  hashed: { hash: 'h0' },
  departmentKnown: true,
  meta: { actor: admin },
} as const;
