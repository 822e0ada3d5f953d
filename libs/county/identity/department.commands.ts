import { REGION } from '#libs/law/catalogue';
import { Act, HttpCommand, Name, OptionalDay, OptionalName } from '#libs/shell/nest';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { UNIT_KINDS, type UnitKind } from './department.events.js';

@Act({ type: 'EstablishDepartment', path: '', roles: ['admin'], summary: '设立部门 Establish a department' })
export class EstablishDepartment extends HttpCommand {
  declare readonly type: 'EstablishDepartment';
  @Name()
  name!: string;
  @OptionalName()
  nameEn?: string;
  @Matches(REGION)
  region!: string;
  /** Left out for a department of the government. */
  @IsOptional()
  @IsIn(UNIT_KINDS)
  kind?: UnitKind;
}

export type SuccessionFacts = {
  readonly successorKnown: boolean;
  /** Who has taken over from the successor already; null while it stands. */
  readonly takenOverBy: string | null;
};

@Act({
  type: 'SucceedDepartment',
  path: 'succession',
  roles: ['admin'],
  summary: '机构改革 Another department takes over',
})
export class SucceedDepartment extends HttpCommand<SuccessionFacts> {
  declare readonly type: 'SucceedDepartment';
  @Name()
  successor!: string;
  /** First legal day of the successor; today when left out. */
  @OptionalDay()
  from?: string;
  @Name()
  reason!: string;
}

export type DepartmentCommand = EstablishDepartment | SucceedDepartment;
