import { dayOf } from '#libs/law/calendar';
import { type CommandMeta, type JsonObject, RuleViolation } from '#libs/engine/event-sourcing';
import { type NamedThing, References } from '#libs/shell/nest';
import { type AccountDirectory } from './account-directory.js';
import { type KnownAccount, postOn } from './account.state.js';
import { type DepartmentRunner } from './identity.tokens.js';
import { type ReferenceViolation } from './reference.messages.js';
import { departmentStands } from './standing-departments.js';

/** Looks accounts, posts and departments up as they are now. */
export class AccountReferences extends References {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly departments: DepartmentRunner,
  ) {
    super();
  }

  async missing(things: readonly NamedThing[], meta: CommandMeta): Promise<RuleViolation | null> {
    for (const thing of things) {
      const refusal = await this.check(thing, meta);
      if (refusal !== null) return refusal;
    }
    return null;
  }

  private async check(
    { reference, field, value, beside }: NamedThing,
    { actor, now }: CommandMeta,
  ): Promise<RuleViolation | null> {
    const day = dayOf(now);
    switch (reference.to) {
      case 'department':
        return (await departmentStands(this.departments, value, day))
          ? null
          : refusal('reference.no-department', { field, value, day });
      case 'account': {
        const account = await this.open(value);
        return account !== null && isOneOf(reference.roles, account)
          ? null
          : refusal('reference.no-account', { field, value, roles: reference.roles.join(', ') });
      }
      case 'staff': {
        const named = reference.of === 'actor' ? actor.department : beside[reference.of.field];
        const department = typeof named === 'string' ? named : '—';
        const account = await this.open(value);
        const post = account !== null && isOneOf(reference.roles, account) ? postOn(account, day) : null;
        return post !== null && post.department === department
          ? null
          : refusal('reference.no-staff', { field, value, department, day });
      }
      case 'post': {
        const person = beside[reference.person];
        if (typeof person !== 'string') return refusal('reference.post-of-nobody', { field, value });
        const account = await this.open(person);
        const held = account === null ? null : postOn(account, day);
        return held?.post === value ? null : refusal('reference.no-post', { field, value, person, day });
      }
    }
  }

  private async open(name: string): Promise<KnownAccount | null> {
    const entry = await this.accounts.find(name);
    return entry?.account.at === 'open' ? entry.account : null;
  }
}

const isOneOf = (roles: readonly string[], { role }: KnownAccount): boolean => roles.includes(role);

function refusal(code: ReferenceViolation, params: JsonObject): RuleViolation {
  return new RuleViolation(code, params, 'input');
}
