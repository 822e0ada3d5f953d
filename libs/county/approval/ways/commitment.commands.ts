import { HttpCommand, Names, Text } from '#libs/shell/nest';
import { IsBoolean } from 'class-validator';
import { type MaterialFacts } from '../intake/material.rules.js';
import { ApplicationAct } from '../core/application-act.js';
import { WAYS_ACTS } from './ways.table.js';

@ApplicationAct(WAYS_ACTS.MakeCommitment)
export class MakeCommitment extends HttpCommand<MaterialFacts> {
  declare readonly type: 'MakeCommitment';
  @Names(50)
  materials!: string[];
  @Text()
  statement!: string;
}

@ApplicationAct(WAYS_ACTS.CheckCommitment)
export class CheckCommitment extends HttpCommand {
  declare readonly type: 'CheckCommitment';
  @IsBoolean()
  kept!: boolean;
  @Text()
  finding!: string;
}

export const COMMITMENT_COMMANDS = [MakeCommitment, CheckCommitment] as const;
export type CommitmentCommand = InstanceType<(typeof COMMITMENT_COMMANDS)[number]>;
