import { Act, HttpCommand, Name, OptionalDay, OptionalName, ROLES, type Role, Text } from '#libs/nest';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/** NIST SP 800-63B 5.1.1.2 asks for at least 8, this county for 10; an upper bound keeps hashing cheap. */
const PASSWORD = { min: 10, max: 200 } as const;

/** What a handler puts in place of a password before the command reaches the rules: a password itself is never kept. */
export interface HashedPassword {
  /** Argon2id, PHC form. */
  readonly hash: string;
}

/** 开户. Staff get their first post with it; from = today when left out. */
@Act({ type: 'OpenAccount', path: '', roles: ['admin'], summary: '开户 Open an account' })
export class OpenAccount extends HttpCommand {
  declare readonly type: 'OpenAccount';
  @Name()
  displayName!: string;
  @IsIn(ROLES)
  role!: Role;
  /** Left out: the account signs in through the identity provider only. */
  @IsOptional()
  @IsString()
  @MinLength(PASSWORD.min)
  @MaxLength(PASSWORD.max)
  password?: string;
  @OptionalName()
  department?: string;
  @OptionalName()
  post?: string;
  @OptionalDay()
  from?: string;

  /** Made by the handler; null without a password. */
  declare hashed: HashedPassword | null;
  declare departmentKnown: boolean;
}

@Act({
  type: 'ChangePassword',
  path: 'password',
  roles: ROLES,
  summary: '修改密码 Change one’s own password; an administrator sets anyone’s',
})
export class ChangePassword extends HttpCommand {
  declare readonly type: 'ChangePassword';
  /** Needed for one's own account. */
  @IsOptional()
  @IsString()
  @MaxLength(PASSWORD.max)
  current?: string;
  @IsString()
  @MinLength(PASSWORD.min)
  @MaxLength(PASSWORD.max)
  password!: string;

  /** Made by the handler once the actor may change it; null before. */
  declare hashed: HashedPassword | null;
  /** Whether `current` is the account's password, checked by the handler. */
  declare currentMatches: boolean;
  /** Whether the new password is the one the account has now, checked by the handler. */
  declare isTheLast: boolean;
}

@Act({ type: 'HoldPost', path: 'posts', roles: ['admin'], summary: '任职 Hold a post in a department' })
export class HoldPost extends HttpCommand {
  declare readonly type: 'HoldPost';
  @Name()
  post!: string;
  @Name()
  department!: string;
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;

  declare departmentKnown: boolean;
}

@Act({ type: 'EndPost', path: 'post-end', roles: ['admin'], summary: '免职 End the post held' })
export class EndPost extends HttpCommand {
  declare readonly type: 'EndPost';
  /** Last legal day; today when left out. */
  @OptionalDay()
  until?: string;
}

@Act({ type: 'CloseAccount', path: 'closure', roles: ['admin'], summary: '销户 Close an account' })
export class CloseAccount extends HttpCommand {
  declare readonly type: 'CloseAccount';
  @Text()
  reason!: string;
}

export type AccountCommand = OpenAccount | ChangePassword | HoldPost | EndPost | CloseAccount;
