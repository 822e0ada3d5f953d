import { cited, licensing } from '#libs/law/citations';
import { Act, HttpCommand, IdentifiesPerson, Name, Text } from '#libs/shell/nest';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { CREDIT_CODE } from './account.commands.js';

/** Digits with what people write between them. */
const TELEPHONE = /^[0-9+() -]{5,30}$/;
const ID_NUMBER = /^[0-9A-Za-z()-]{5,30}$/;
const MOST_HANDLING_PERSONS = 10_000;

@Act({
  type: 'RegisterOrganisation',
  path: '',
  roles: ['window', 'admin'],
  summary: '登记申请单位 Register an organisation that applies, under its unified social credit code',
  article: cited(licensing(29)),
})
export class RegisterOrganisation extends HttpCommand {
  declare readonly type: 'RegisterOrganisation';
  /** 统一社会信用代码. */
  @Matches(CREDIT_CODE)
  declare id: string;
  @Name()
  name!: string;
  @Name()
  address!: string;
  /** 法定代表人. */
  @IdentifiesPerson()
  @Name()
  legalPerson!: string;
}

@Act({
  type: 'CorrectOrganisation',
  path: 'correction',
  roles: ['window', 'admin'],
  summary: '更正单位信息 Enter what has changed in the register of enterprises, or was entered wrongly',
})
class CorrectOrganisation extends HttpCommand {
  declare readonly type: 'CorrectOrganisation';
  @Name()
  name!: string;
  @Name()
  address!: string;
  @IdentifiesPerson()
  @Name()
  legalPerson!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'NameHandlingPerson',
  path: 'handling-persons',
  roles: ['window', 'admin'],
  summary: '指定经办人 Enter a person who acts for the organisation',
  article: cited(licensing(29)),
})
class NameHandlingPerson extends HttpCommand {
  declare readonly type: 'NameHandlingPerson';
  @IdentifiesPerson()
  @Name()
  name!: string;
  @IdentifiesPerson()
  @Matches(TELEPHONE)
  telephone!: string;
  @IdentifiesPerson()
  @IsOptional()
  @Matches(ID_NUMBER)
  idNumber?: string;
}

@Act({
  type: 'EndHandlingPerson',
  path: 'handling-person-end',
  roles: ['window', 'admin'],
  summary: '撤销经办人 A person no longer acts for the organisation',
})
class EndHandlingPerson extends HttpCommand {
  declare readonly type: 'EndHandlingPerson';
  @Max(MOST_HANDLING_PERSONS)
  @Min(1)
  @IsInt()
  number!: number;
  @Text()
  reason!: string;
}

export const ORGANISATION_COMMANDS = [
  RegisterOrganisation,
  CorrectOrganisation,
  NameHandlingPerson,
  EndHandlingPerson,
] as const;
export type OrganisationCommand = InstanceType<(typeof ORGANISATION_COMMANDS)[number]>;
