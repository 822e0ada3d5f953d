import { type CommandMeta, type RuleViolation } from '#libs/engine/event-sourcing';
import { type Role } from '#libs/shell/roles';
import { FieldMarks, type MarkedField } from './marked-fields.js';

/** What a field names, and what must hold for it on the day of the command. Other fields are those of the same object. */
export type Reference =
  /** An open account with one of these roles. */
  | { readonly to: 'account'; readonly roles: readonly Role[] }
  /**
   * An open account with one of these roles, whose person holds a post on that day: in the department that the field
   * `of` names, or in that of the person who acts.
   */
  | {
      readonly to: 'staff';
      readonly of: 'actor' | { readonly field: string };
      readonly roles: readonly Role[];
    }
  /** The post that the person whom the field `person` names holds on that day. */
  | { readonly to: 'post'; readonly person: string }
  /** A department that does its own business on that day. */
  | { readonly to: 'department' };

/** A field of a command that names something, as the caller filled it in. */
export type NamedThing = Omit<MarkedField<Reference>, 'mark'> & { readonly reference: Reference };

const marks = new FieldMarks<Reference>();

/**
 * Says what a field names. What a caller names is looked up before the command is run, and a command that would be taken is
 * refused where it is not there. Commands that are not a caller's, of an import or the seed, name what they like.
 */
export const RefersTo = (reference: Reference): PropertyDecorator => marks.put(reference);

/** Everything that an object names by fields that declare it, in the order of its fields. */
export function namedThings(target: new () => object, object: object): readonly NamedThing[] {
  return marks.in(target, object).map(({ mark: reference, ...field }) => ({ reference, ...field }));
}

/** True where a class or one nested in it declares what a field names: only then there is something to look up. */
export function hasReferences(target: new () => object): boolean {
  return marks.anyIn(target);
}

/** Looks up what callers name. Made by libs/county/identity. */
export abstract class References {
  /** The refusal of the first thing that is not there; null when all of them are. */
  abstract missing(things: readonly NamedThing[], meta: CommandMeta): Promise<RuleViolation | null>;
}
