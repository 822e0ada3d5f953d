import { Act, HttpCommand } from '#libs/nest';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const NAME = 200;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

@Act({ type: 'EstablishDepartment', path: '', roles: ['admin'], summary: '设立部门 Establish a department' })
export class EstablishDepartment extends HttpCommand {
  declare readonly type: 'EstablishDepartment';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  name!: string;
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  nameEn?: string;
  /** 行政区划代码: six digits (GB/T 2260), nine for a township, twelve for a village. */
  @Matches(/^(\d{6}|\d{9}|\d{12})$/)
  region!: string;
}

@Act({
  type: 'SucceedDepartment',
  path: 'succession',
  roles: ['admin'],
  summary: '机构改革 Another department takes over',
})
export class SucceedDepartment extends HttpCommand {
  declare readonly type: 'SucceedDepartment';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  successor!: string;
  /** First legal day of the successor; today when left out. */
  @IsOptional()
  @Matches(DAY)
  from?: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  reason!: string;

  declare successorKnown: boolean;
}

export type DepartmentCommand = EstablishDepartment | SucceedDepartment;
