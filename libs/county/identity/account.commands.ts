import { ROLES, type Role } from '#libs/shell/roles';
import { Act, HttpCommand, IdentifiesPerson, Name, OptionalDay, OptionalName, Text } from '#libs/shell/nest';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

/** NIST SP 800-63B 5.1.1.2 asks for at least 8, this county for 10; an upper bound keeps hashing cheap. */
const PASSWORD = { min: 10, max: 200 } as const;

/** What could be a credit code at all; its form and check character are looked at by the rules, which say what is wrong. */
export const CREDIT_CODE = /^[A-Za-z0-9]{1,40}$/;

/** What a handler puts in place of a password before the command reaches the rules: a password itself is never kept. */
interface HashedPassword {
  /** Argon2id, PHC form. */
  readonly hash: string;
}

/** A command that may wait for a second person: the answer says under which number. */
export abstract class SensitiveCommand<Facts = unknown> extends HttpCommand<Facts> {}

export type OpeningFacts = DepartmentFacts & {
  /** Null without a password. */
  readonly hashed: HashedPassword | null;
};

export type DepartmentFacts = { readonly departmentKnown: boolean };

export type PasswordFacts = {
  /** Null until the actor may change it. */
  readonly hashed: HashedPassword | null;
  /** Whether `current` is the account's password. */
  readonly currentMatches: boolean;
  /** Whether the new password is the one the account has now. */
  readonly isTheLast: boolean;
};

export type ClosingFacts = {
  /** Whether another account of an administrator is open, looked up where one is to be closed. */
  readonly otherAdmins: boolean;
};

export type IdentityFacts = {
  /** Whether another account is bound to the subject. */
  readonly isTaken: boolean;
};

/** 开通账号. Staff get their first post with it; from = today when left out. */
@Act({ type: 'OpenAccount', path: '', roles: ['admin'], summary: '开通账号 Open an account' })
export class OpenAccount extends SensitiveCommand<OpeningFacts> {
  declare readonly type: 'OpenAccount';
  /** Of an official in office it is public; of an applicant or agent it is sealed. */
  @IdentifiesPerson()
  @Name()
  displayName!: string;
  @IsIn(ROLES)
  role!: Role;
  /** Left out: the account signs in through the identity provider only. */
  @IsOptional()
  @IsString()
  @MinLength(PASSWORD.min)
  @MaxLength(PASSWORD.max)
  password?: string | null;
  @OptionalName()
  department?: string;
  @OptionalName()
  post?: string;
  @OptionalDay()
  from?: string;
  /** 统一社会信用代码 of the organisation that applies, or acts for those who do. */
  @IsOptional()
  @Matches(CREDIT_CODE)
  creditCode?: string;
}

@Act({
  type: 'ChangePassword',
  path: 'password',
  roles: ROLES,
  summary: '修改密码 Change your own password; an administrator can set anyone’s',
})
export class ChangePassword extends SensitiveCommand<PasswordFacts> {
  declare readonly type: 'ChangePassword';
  /** Needed for one's own account. */
  @IsOptional()
  @IsString()
  @MaxLength(PASSWORD.max)
  current?: string | null;
  @IsString()
  @MinLength(PASSWORD.min)
  @MaxLength(PASSWORD.max)
  password!: string;
}

/** 登记统一社会信用代码: of an account that was opened without one, or with another. */
@Act({
  type: 'RegisterCreditCode',
  path: 'credit-code',
  roles: ['admin'],
  summary: '登记统一社会信用代码 Register the unified social credit code of an account',
})
export class RegisterCreditCode extends HttpCommand {
  declare readonly type: 'RegisterCreditCode';
  @Matches(CREDIT_CODE)
  creditCode!: string;
}

@Act({ type: 'HoldPost', path: 'posts', roles: ['admin'], summary: '任职 Hold a post in a department' })
export class HoldPost extends SensitiveCommand<DepartmentFacts> {
  declare readonly type: 'HoldPost';
  @Name()
  post!: string;
  @Name()
  department!: string;
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
}

@Act({ type: 'EndPost', path: 'post-end', roles: ['admin'], summary: '免职 End the current post' })
export class EndPost extends SensitiveCommand {
  declare readonly type: 'EndPost';
  /** Last legal day; today when left out. */
  @OptionalDay()
  until?: string;
}

@Act({ type: 'CloseAccount', path: 'closure', roles: ['admin'], summary: '停用账号 Close an account' })
export class CloseAccount extends SensitiveCommand<ClosingFacts> {
  declare readonly type: 'CloseAccount';
  @Text()
  reason!: string;
}

const SUBJECT = { most: 255, form: /^[\x21-\x7e]+$/ } as const;

/** 绑定统一身份认证: says who of the identity provider the holder is. */
@Act({
  type: 'BindIdentity',
  path: 'identity',
  roles: ['admin'],
  summary: '绑定统一身份 Bind an account to a subject of the identity provider',
})
export class BindIdentity extends SensitiveCommand<IdentityFacts> {
  declare readonly type: 'BindIdentity';
  /** `iss`, exactly. */
  @IsString()
  @MaxLength(SUBJECT.most)
  @Matches(/^https?:\/\/[\x21-\x7e]+$/)
  issuer!: string;
  /** `sub`, exactly. */
  @IsString()
  @MaxLength(SUBJECT.most)
  @Matches(SUBJECT.form)
  subject!: string;
}

@Act({
  type: 'ReleaseIdentity',
  path: 'identity-release',
  roles: ['admin'],
  summary: '解除统一身份绑定 Unbind an account from a subject of the identity provider',
})
export class ReleaseIdentity extends HttpCommand {
  declare readonly type: 'ReleaseIdentity';
  @IsString()
  @MaxLength(SUBJECT.most)
  @Matches(/^https?:\/\/[\x21-\x7e]+$/)
  issuer!: string;
  @IsString()
  @MaxLength(SUBJECT.most)
  @Matches(SUBJECT.form)
  subject!: string;
}

/** 复核确认：another administrator, or the holder, agrees to a change that one administrator asked for. */
@Act({
  type: 'ConfirmAccountChange',
  path: 'change-confirmation',
  roles: ROLES,
  summary: '复核确认账号变更 Confirm a change to an account that another administrator proposed',
})
export class ConfirmAccountChange extends HttpCommand<ClosingFacts & IdentityFacts> {
  declare readonly type: 'ConfirmAccountChange';
  /** Its number, from the list of accounts. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  proposal!: number;
}

@Act({
  type: 'DropAccountChange',
  path: 'change-refusal',
  roles: ROLES,
  summary: '不予确认账号变更 Reject a proposed change to an account',
})
export class DropAccountChange extends HttpCommand {
  declare readonly type: 'DropAccountChange';
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  proposal!: number;
  @Text()
  reason!: string;
}

export type AccountCommand =
  | OpenAccount
  | ChangePassword
  | RegisterCreditCode
  | HoldPost
  | EndPost
  | CloseAccount
  | BindIdentity
  | ReleaseIdentity
  | ConfirmAccountChange
  | DropAccountChange;
