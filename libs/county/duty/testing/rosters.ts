import { deciderSpec, head } from '#libs/engine/event-sourcing-testing';
import { rosterDecider } from '../roster.decider.js';
import { type RosterEvent } from '../roster.events.js';
// The commands are given at 10:00 in China on Tuesday 24 November 2026.
export const TODAY = '2026-11-24';
export const spec = deciderSpec(rosterDecider, {
  meta: { actor: head },
  facts: { PostAtWindow: ['found'], GrantDelegation: ['unknown'] },
});
export const department = 'natural-resources';
type DataOf<Type extends RosterEvent['type']> = Extract<RosterEvent, { type: Type }>['data'];
export const filled = (over: Partial<DataOf<'WindowPostFilled'>> = {}): RosterEvent => ({
  type: 'WindowPostFilled',
  version: 1,
  data: {
    ...{ department, window: '工程建设窗口', person: 'li', post: '窗口' },
    ...{ from: TODAY, until: null, reason: null },
    ...over,
  },
});
export const granted = (over: Partial<DataOf<'DelegationGranted'>> = {}): RosterEvent => ({
  type: 'DelegationGranted',
  version: 1,
  data: {
    ...{ department, delegation: 'sq-1', person: 'li', scope: { full: true } },
    ...{ from: TODAY, until: '2026-12-31', reason: null },
    ...over,
  },
});
export const revoked = (from: string): RosterEvent => ({
  type: 'DelegationRevoked',
  version: 1,
  data: { department, delegation: 'sq-1', person: 'li', from, reason: '调离' },
});
export const left = (until: string): RosterEvent => ({
  type: 'WindowPostEnded',
  version: 1,
  data: { department, window: '工程建设窗口', person: 'li', until, reason: null },
});
export const reserved = (from: string, ...acts: DataOf<'WindowActsReserved'>['acts']): RosterEvent => ({
  type: 'WindowActsReserved',
  version: 1,
  data: { department, acts, from, reason: null },
});
export const closed: Extract<RosterEvent, { type: 'WindowClosed' }> = {
  type: 'WindowClosed',
  version: 1,
  data: { department, window: '工程建设窗口', from: '2027-01-01', reason: null },
};
