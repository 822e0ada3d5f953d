import { REGION } from '#libs/law/catalogue';
import { Act, HttpCommand, Name, OptionalDay, OptionalName, RefersTo, Text } from '#libs/shell/nest';
import { CASE_WORKERS } from '#libs/shell/roles';
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

export type ReassignmentFacts = {
  /** The open applications that the person has in the department of the head. */
  readonly applications: readonly string[];
};

/** Addressed to the account whose work it is, which may be closed. */
@Act({
  type: 'ReassignWork',
  path: 'reassignment',
  roles: ['department-head'],
  summary: '改派 Give all the open cases of a person of the department to another at once',
})
export class ReassignWork extends HttpCommand<ReassignmentFacts> {
  declare readonly type: 'ReassignWork';
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @Name()
  person!: string;
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
  @Text()
  reason!: string;
}

export type DepartmentCommand = EstablishDepartment | SucceedDepartment | ReassignWork;
