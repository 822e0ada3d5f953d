import { type ActRule } from '../application/application.acts.js';
import { type WayCommand } from './ways.commands.js';

export const WAY_ACTS: Record<WayCommand['type'], ActRule> = {
  ApproveSpecialHandling: {
    zh: '特事特办',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
    by: 'grantor',
  },
  GrantFastTrack: {
    zh: '进入快速通道',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
    by: 'grantor',
  },
};
