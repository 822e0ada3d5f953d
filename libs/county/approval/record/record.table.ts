import { CASE_WORKERS } from '#libs/shell/roles';
import { actRows } from '../core/act-row.js';
import { STAGES } from '../core/stage.js';

export const RECORD_ACTS = actRows({
  // The record of an application may be completed and corrected as long as there is one.
  CorrectRecord: {
    path: 'corrections',
    roles: CASE_WORKERS,
    by: 'department',
    stages: STAGES.filter((stage) => stage !== 'absent'),
    article: null,
    zh: '更正记录',
    en: 'Correct one text of an earlier event, which itself stays unchanged',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  RecordBackEntry: {
    path: 'back-entries',
    roles: CASE_WORKERS,
    by: 'department',
    stages: STAGES.filter((stage) => stage !== 'absent'),
    article: null,
    zh: '补录',
    en: 'Enter afterwards what happened on paper',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  RateService: {
    path: 'rating',
    roles: ['applicant', 'agent'],
    by: 'applicant',
    stages: STAGES.filter((stage) => stage !== 'absent'),
    article: null,
    zh: '评价',
    en: 'Rate how one act of the case was handled, once',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
});
