import { licensing } from '#libs/law/citations';
import { actRows, UNDECIDED } from '../core/act-row.js';

export const FILE_ACTS = actRows({
  HandInFile: {
    path: 'documents',
    roles: ['applicant', 'agent', 'window'],
    by: 'hand-in',
    stages: UNDECIDED,
    article: licensing(29),
    zh: '提交材料文件',
    en: 'Hand in a material as a file',
    whileSuspended: true,
    whileDisputed: true,
    window: null,
    inLogs: false,
  },
  ReuseFile: {
    path: 'reused-documents',
    roles: ['applicant', 'agent', 'window'],
    by: 'hand-in',
    stages: UNDECIDED,
    article: licensing(29),
    zh: '免提交：沿用已提交的材料文件',
    en: 'Use a file that was handed in with an earlier application',
    whileSuspended: true,
    whileDisputed: true,
    window: null,
    inLogs: false,
  },
});
