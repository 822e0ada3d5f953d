import { Act, HttpCommand, Names, Text } from '#libs/shell/nest';
import { IsBoolean } from 'class-validator';
import { type ListedMaterial } from '../intake/material.rules.js';

@Act({
  type: 'MakeCommitment',
  path: 'commitment',
  roles: ['applicant', 'agent'],
  summary: '告知承诺 Commit to meeting the conditions instead of handing in material',
})
export class MakeCommitment extends HttpCommand {
  declare readonly type: 'MakeCommitment';
  @Names(50)
  materials!: string[];
  @Text()
  statement!: string;

  /** What the catalogue lists for the matter, looked up by the handler. */
  declare listed: readonly ListedMaterial[];
}

@Act({
  type: 'CheckCommitment',
  path: 'commitment-check',
  roles: ['reviewer', 'department-head'],
  summary: '承诺核查 Record whether the commitment was kept',
})
export class CheckCommitment extends HttpCommand {
  declare readonly type: 'CheckCommitment';
  @IsBoolean()
  kept!: boolean;
  @Text()
  finding!: string;
}

export type CommitmentCommand = MakeCommitment | CheckCommitment;
