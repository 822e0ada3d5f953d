import { randomBytes, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { defined, ID, systemMeta } from '#libs/engine/event-sourcing';
import { ChangePassword, CloseAccount, OpenAccount, RegisterCreditCode } from '#libs/county/identity/http';
import { bodyReader, type HttpCommand } from '#libs/shell/nest';
import { UserError } from './failure.js';
import { type CommonOptions, configOf, OPERATOR, type Session, withSession } from './session.js';

export interface AddUserOptions extends CommonOptions {
  readonly role: string;
  readonly displayName: string;
  readonly department?: string;
  readonly post?: string;
  readonly creditCode?: string;
  readonly passwordStdin?: true;
}

export interface PasswordOptions extends CommonOptions {
  readonly passwordStdin?: true;
}

export interface CreditCodeOptions extends CommonOptions {
  readonly code: string;
}

export interface CloseUserOptions extends CommonOptions {
  readonly reason: string;
}

const openAccount = bodyReader(OpenAccount);
const changePassword = bodyReader(ChangePassword);
const closeAccount = bodyReader(CloseAccount);
const registerCreditCode = bodyReader(RegisterCreditCode);

/** Opens an account. Without --password-stdin a random password is made and printed. */
export async function addUser(name: string, options: AddUserOptions): Promise<void> {
  const { displayName, role, department, post, creditCode } = options;
  const password = await passwordFor(options);
  const rest = defined({ department, post, creditCode });
  await run(name, options, openAccount({ displayName, role, password, ...rest }));
  if (!options.passwordStdin) process.stdout.write(`${password}\n`);
}

/** Sets a password; tokens of the account count no longer. */
export async function setPassword(name: string, options: PasswordOptions): Promise<void> {
  const password = await passwordFor(options);
  await run(name, options, changePassword({ password }));
  if (!options.passwordStdin) process.stdout.write(`${password}\n`);
}

/** The unified social credit code of an account that is there already. */
export async function setCreditCode(name: string, options: CreditCodeOptions): Promise<void> {
  await run(name, options, registerCreditCode({ creditCode: options.code }));
}

export async function closeUser(name: string, options: CloseUserOptions): Promise<void> {
  await run(name, options, closeAccount({ reason: options.reason }));
}

async function run(name: string, options: CommonOptions, command: HttpCommand): Promise<void> {
  if (!ID.test(name))
    throw new UserError(`${name} cannot be the name of an account: letters, digits, . _ and -, at most 100`);
  await withSession(configOf(options), async (session) => {
    command.id = name;
    command.meta = metaOf(session);
    await session.execute(command);
  });
}

/** A password never comes as an argument: those can be read by every user of the machine. */
async function passwordFor({ passwordStdin }: PasswordOptions): Promise<string> {
  if (!passwordStdin) return randomBytes(12).toString('base64url');
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

const metaOf = ({ now }: Session) =>
  systemMeta({ commandId: `ops/${randomUUID()}`, correlationId: 'ops', actor: OPERATOR, now: now() });
