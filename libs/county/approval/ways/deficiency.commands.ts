import { Act, HttpCommand, Names } from '#libs/shell/nest';
import { IsInt, Max, Min } from 'class-validator';
import { type ListedMaterial } from '../intake/material.rules.js';

@Act({
  type: 'AcceptWithDeficiency',
  path: 'deficient-acceptance',
  roles: ['window'],
  summary: '容缺受理 Accept although material that is not key is missing',
  article: '行政许可法 Art. 32',
})
export class AcceptWithDeficiency extends HttpCommand {
  declare readonly type: 'AcceptWithDeficiency';
  @Names(50)
  missing!: string[];
  /** Working days in which it is to be handed in, the day of acceptance not counted. */
  @Max(60)
  @Min(1)
  @IsInt()
  days!: number;

  /** What the catalogue lists for the matter, looked up by the handler. */
  declare listed: readonly ListedMaterial[];
}

@Act({
  type: 'FulfilDeficiency',
  path: 'deficiency-fulfilment',
  roles: ['applicant', 'agent', 'window'],
  summary: '容缺补交 Hand in what was missing at acceptance',
})
export class FulfilDeficiency extends HttpCommand {
  declare readonly type: 'FulfilDeficiency';
  @Names(50)
  materials!: string[];
}

@Act({
  type: 'LapseDeficiency',
  path: 'deficiency-lapse',
  roles: ['window', 'department-head'],
  summary: '容缺逾期 Record that the deadline has passed and material is still missing',
})
export class LapseDeficiency extends HttpCommand {
  declare readonly type: 'LapseDeficiency';
}

export type DeficiencyCommand = AcceptWithDeficiency | FulfilDeficiency | LapseDeficiency;
