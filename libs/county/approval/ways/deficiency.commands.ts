import { HttpCommand, Names } from '#libs/shell/nest';
import { IsInt, Max, Min } from 'class-validator';
import { type MaterialFacts } from '../intake/material.rules.js';
import { ApplicationAct } from '../core/application-act.js';
import { WAYS_ACTS } from './ways.table.js';

@ApplicationAct(WAYS_ACTS.AcceptWithDeficiency)
export class AcceptWithDeficiency extends HttpCommand<MaterialFacts> {
  declare readonly type: 'AcceptWithDeficiency';
  @Names(50)
  missing!: string[];
  /** Working days in which it is to be handed in, the day of acceptance not counted. */
  @Max(60)
  @Min(1)
  @IsInt()
  days!: number;
}

@ApplicationAct(WAYS_ACTS.FulfilDeficiency)
export class FulfilDeficiency extends HttpCommand {
  declare readonly type: 'FulfilDeficiency';
  @Names(50)
  materials!: string[];
}

@ApplicationAct(WAYS_ACTS.LapseDeficiency)
export class LapseDeficiency extends HttpCommand {
  declare readonly type: 'LapseDeficiency';
}

export const DEFICIENCY_COMMANDS = [AcceptWithDeficiency, FulfilDeficiency, LapseDeficiency] as const;
export type DeficiencyCommand = InstanceType<(typeof DEFICIENCY_COMMANDS)[number]>;
