import { CASE_WORKERS } from '#libs/shell/roles';
import { actRows } from '../core/act-row.js';

export const ESCALATION_ACTS = actRows({
  EscalateApplication: {
    path: 'escalation',
    roles: ['applicant', 'agent', ...CASE_WORKERS, 'supervisor', 'campaign-office'],
    by: 'anyone-concerned',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided'],
    article: null,
    zh: '提级',
    en: 'Escalate',
    whileSuspended: true,
    whileDisputed: true,
    window: null,
    inLogs: false,
  },
  SendDownApplication: {
    path: 'escalation-return',
    roles: ['department-head', 'supervisor', 'leader', 'campaign-office'],
    by: 'anyone-concerned',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided'],
    article: null,
    zh: '退回下级协调',
    en: 'Send an escalated case down to a level that can solve it',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
});
