import { CASE_WORKERS } from '#libs/shell/roles';
import { actRows } from '../core/act-row.js';

export const CONSULTATION_ACTS = actRows({
  RequestConsultation: {
    path: 'consultation',
    roles: CASE_WORKERS,
    by: 'department',
    stages: ['accepted'],
    article: null,
    zh: '征求意见',
    en: 'Ask other departments for their opinions, in parallel',
    whileSuspended: false,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  // An opinion that comes after the decision is late, but is still recorded.
  AnswerConsultation: {
    path: 'consultation-opinion',
    roles: CASE_WORKERS,
    by: 'consulted',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided', 'delivered'],
    article: null,
    zh: '回复意见',
    en: 'Give the opinion of your own department',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  CloseConsultation: {
    path: 'consultation-closure',
    roles: CASE_WORKERS,
    by: 'department',
    stages: ['submitted', 'accepted', 'returned'],
    article: null,
    zh: '结束征求意见',
    en: 'Stop waiting for departments whose deadline has passed',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
});
