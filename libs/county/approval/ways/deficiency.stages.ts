import { type ActRule } from '../application/application.acts.js';
import { type DeficiencyCommand } from './deficiency.commands.js';

export const DEFICIENCY_ACTS: Record<DeficiencyCommand['type'], ActRule> = {
  AcceptWithDeficiency: { zh: '容缺受理', stages: ['submitted'], article: 'Art. 32' },
  FulfilDeficiency: { zh: '补交容缺材料', stages: ['accepted'], article: null, by: 'hand-in' },
  LapseDeficiency: { zh: '记录容缺逾期', stages: ['accepted'], article: null },
};
