import { type HttpCommandClass } from '#libs/shell/nest';
import { CLOCK_COMMANDS } from '../clock/clock.commands.js';
import { CONSULTATION_COMMANDS } from '../consultation/consultation.commands.js';
import { DECISION_COMMANDS } from '../decision/decision.commands.js';
import { ESCALATION_COMMANDS } from '../escalation/escalation.commands.js';
import { HANDLING_COMMANDS } from '../handling/handling.commands.js';
import { ISSUE_COMMANDS } from '../handling/issue.commands.js';
import { HandInFile, ReuseFile } from '../intake/file.commands.js';
import { INTAKE_COMMANDS } from '../intake/intake.commands.js';
import { PERMIT_COMMANDS } from '../permit/permit.commands.js';
import { WORKS_COMMANDS } from '../permit/works.commands.js';
import { RateService } from '../record/rating.commands.js';
import { RECORD_COMMANDS } from '../record/record.commands.js';
import { COMMITMENT_COMMANDS } from '../ways/commitment.commands.js';
import { DEFICIENCY_COMMANDS } from '../ways/deficiency.commands.js';
import { WAY_COMMANDS } from '../ways/ways.commands.js';

/** What people do in an application; each chapter lists its own. */
export const APPLICATION_COMMANDS: readonly HttpCommandClass[] = [
  ...INTAKE_COMMANDS,
  ReuseFile,
  ...HANDLING_COMMANDS,
  ...ISSUE_COMMANDS,
  ...DECISION_COMMANDS,
  ...CLOCK_COMMANDS,
  ...ESCALATION_COMMANDS,
  ...CONSULTATION_COMMANDS,
  ...PERMIT_COMMANDS,
  ...WORKS_COMMANDS,
  ...RECORD_COMMANDS,
  RateService,
  ...WAY_COMMANDS,
  ...DEFICIENCY_COMMANDS,
  ...COMMITMENT_COMMANDS,
];

/** What comes as a file and not as JSON: a controller of its own reads it. */
export const FILE_COMMANDS = [HandInFile] as const;
