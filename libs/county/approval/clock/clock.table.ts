import { licensing } from '#libs/law/citations';
import { actRows } from '../core/act-row.js';

export const CLOCK_ACTS = actRows({
  SuspendClock: {
    path: 'suspension',
    roles: ['reviewer', 'department-head'],
    by: 'department',
    stages: ['accepted'],
    article: licensing(45),
    zh: '启动特别程序',
    en: 'Suspend the clock for a hearing, a test or an expert review',
    whileSuspended: false,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  ResumeClock: {
    path: 'resumption',
    roles: ['reviewer', 'department-head'],
    by: 'department',
    stages: ['accepted'],
    article: licensing(45),
    zh: '结束特别程序',
    en: 'Resume the clock',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  ExtendTimeLimit: {
    path: 'extension',
    roles: ['department-head'],
    by: 'department',
    stages: ['accepted'],
    article: licensing(42),
    zh: '延期',
    en: 'Extend the time limit once',
    whileSuspended: false,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
});
