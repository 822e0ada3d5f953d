import { type ActRule } from '../core/act-rule.js';
import { STAGES } from '../core/stage.js';
import { type ClockCommand } from './clock.commands.js';

/** Where the acts on the clock are allowed, see `ACTS` in application.acts.ts. */
export const CLOCK_ACTS: Record<ClockCommand['type'], ActRule> = {
  SuspendClock: { zh: '启动特别程序', stages: ['accepted'], article: 'Art. 45' },
  ResumeClock: { zh: '结束特别程序', stages: ['accepted'], article: 'Art. 45' },
  ExtendTimeLimit: { zh: '延期', stages: ['accepted'], article: 'Art. 42' },
  SendDownApplication: {
    zh: '退回下级协调',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided'],
    article: null,
    by: 'anyone-concerned',
  },
  // A timer knows no stage: where it does not fit it is void.
  FireTimer: { zh: '到期', stages: STAGES, article: null, by: 'clock' },
};
