import { type CommandMeta, type RuleViolation } from '#libs/event-sourcing';
import { type Role } from './act.js';
import { checkedProperties } from './class-metadata.js';

/** What a field names, and what is asked of it on the day of the command. Other fields are those beside it. */
export type Reference =
  /** An open account with one of these roles. */
  | { readonly to: 'account'; readonly roles: readonly Role[] }
  /**
   * An open account with one of these roles, of somebody who holds a post on that day: in the department that the field
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
export type NamedThing = {
  readonly reference: Reference;
  /** Path in the body, `attendance[0].person`. */
  readonly field: string;
  readonly value: string;
  /** The object that the field is of. */
  readonly beside: Readonly<Record<string, unknown>>;
};

const declared = new WeakMap<object, Map<string, Reference>>();

/**
 * Says what a field names. What a caller names is looked up before the command is run, and a command that would be taken is
 * refused where it is not there. Commands that are not a caller's, of an import or the seed, name what they like.
 */
export function RefersTo(reference: Reference): PropertyDecorator {
  return (prototype, property) => {
    const of = declared.get(prototype) ?? new Map<string, Reference>();
    declared.set(prototype, of.set(String(property), reference));
  };
}

/** What a property of a class or of those above it names; null where nothing is declared. */
export function referenceOf(target: new () => object, property: string): Reference | null {
  for (
    let at = target.prototype as object | null;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const found = declared.get(at)?.get(property);
    if (found) return found;
  }
  return null;
}

/** Everything that an object names by fields that declare it, in the order of its fields. */
export function namedThings(target: new () => object, object: object, path = ''): readonly NamedThing[] {
  const beside = object as Readonly<Record<string, unknown>>;
  return checkedProperties(target).flatMap(({ name, nested }) => {
    const reference = referenceOf(target, name);
    const value = beside[name];
    if (reference !== null && typeof value === 'string') {
      return [{ reference, field: path + name, value, beside }];
    }
    if (nested === null || typeof value !== 'object' || value === null) return [];
    if (!Array.isArray(value)) return namedThings(nested, value, `${path}${name}.`);
    const elements: readonly unknown[] = value;
    return elements.flatMap((one, index) =>
      typeof one === 'object' && one !== null ? namedThings(nested, one, `${path}${name}[${index}].`) : [],
    );
  });
}

/** True where a class or one nested in it declares what a field names: only then there is something to look up. */
export function hasReferences(target: new () => object): boolean {
  return checkedProperties(target).some(
    ({ name, nested }) => referenceOf(target, name) !== null || (nested !== null && hasReferences(nested)),
  );
}

/** Looks up what callers name. Made by libs/identity. */
export abstract class References {
  /** The refusal of the first thing that is not there; null when all of them are. */
  abstract missing(things: readonly NamedThing[], meta: CommandMeta): Promise<RuleViolation | null>;
}
