import { type ActRule } from '../core/act-rule.js';
import { type ConsultationCommand } from './consultation.commands.js';

export const CONSULTATION_ACTS: Record<ConsultationCommand['type'], ActRule> = {
  RequestConsultation: { zh: '征求意见', stages: ['accepted'], article: null },
  // An opinion that comes when all is decided is late, and recorded all the same.
  AnswerConsultation: {
    zh: '回复意见',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided', 'delivered'],
    article: null,
    by: 'consulted',
  },
  CloseConsultation: { zh: '结束征求意见', stages: ['submitted', 'accepted', 'returned'], article: null },
};
