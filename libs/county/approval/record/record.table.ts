import { type ActRule } from '../core/act-rule.js';
import { STAGES } from '../core/stage.js';
import { type RecordCommand } from './record.commands.js';

/** The record of a case may be completed and corrected as long as there is one. */
const ANY = STAGES.filter((stage) => stage !== 'absent');

export const RECORD_ACTS: Record<RecordCommand['type'], ActRule> = {
  CorrectRecord: { zh: '更正记录', stages: ANY, article: null },
  RecordBackEntry: { zh: '补录', stages: ANY, article: null },
};
