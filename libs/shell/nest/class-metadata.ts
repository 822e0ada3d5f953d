import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import { type TextRule } from './text.js';
import { reasonOf, type Reason } from './validation.messages.js';

/** Name of the check that marks a text; what the text may be is its constraint. */
export const TEXT_CHECK = 'isText';

/** One check that a property carries, as class-validator keeps it. */
export interface PropertyCheck {
  /** Name of the decorator in camel case, `maxLength`; `nestedValidation` for @ValidateNested. */
  readonly name: string;
  readonly constraints: readonly unknown[];
  /** True when it holds for each element of an array. */
  readonly each: boolean;
  /** The check itself, on one value: the property's, or an element's. Null for nested objects, which are walked. */
  readonly passes: ((value: unknown) => boolean) | null;
  /** Its message when it fails. */
  readonly reason: Reason;
}

export interface CheckedProperty {
  readonly name: string;
  readonly optional: boolean;
  /** True with @ValidateIf: by the custom of this system, for a field that may be null but not left out. */
  readonly nullable: boolean;
  readonly checks: readonly PropertyCheck[];
  /** Where the property is a text, or a list of texts: what they may be. */
  readonly text: TextRule | null;
  /** Class of a nested object, or of an array's elements (@Type). */
  readonly nested: (new () => object) | null;
  /** Type as written, from the compiler's metadata. */
  readonly designType: unknown;
}

const known = new WeakMap<object, readonly CheckedProperty[]>();

/** What a class's decorators say of each of its properties, in the order they were declared. Read once: each request asks. */
export function checkedProperties(target: new () => object): readonly CheckedProperty[] {
  const properties = known.get(target) ?? propertiesOf(target);
  known.set(target, properties);
  return properties;
}

function propertiesOf(target: new () => object): readonly CheckedProperty[] {
  const found = new Map<string, { optional: boolean; nullable: boolean; checks: PropertyCheck[] }>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(target, '', true, false)) {
    const property = found.get(metadata.propertyName) ?? {
      optional: false,
      nullable: false,
      checks: [],
    };
    found.set(metadata.propertyName, property);
    const name = metadata.name ?? metadata.type;
    if (name === 'isOptional') property.optional = true;
    else if (name === 'conditionalValidation') property.nullable = true;
    else {
      const constraints = constraintsOf(metadata);
      property.checks.push({
        name,
        constraints,
        each: metadata.each,
        passes: checkOf(target, metadata),
        reason: reasonOf(name, constraints, messageOf(metadata)),
      });
    }
  }
  return [...found].map(([name, { optional, nullable, checks }]) => ({
    name,
    optional,
    nullable,
    checks,
    text: (checks.find((check) => check.name === TEXT_CHECK)?.constraints[0] ?? null) as TextRule | null,
    nested: nestedClass(target, name),
    designType: Reflect.getMetadata('design:type', target.prototype as object, name) as unknown,
  }));
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

function constraintsOf({ constraints }: Metadata): readonly unknown[] {
  const given: unknown = constraints;
  return Array.isArray(given) ? given : [];
}

/** The text given with a decorator, without the property's name in front. */
function messageOf({ message, propertyName }: Metadata): string | null {
  if (typeof message !== 'string') return null;
  return message.startsWith(`${propertyName} `) ? message.slice(propertyName.length + 1) : message;
}

/** class-validator's own constraint behind a decorator, called as its walk calls it. */
function checkOf(target: new () => object, metadata: Metadata): PropertyCheck['passes'] {
  const { constraintCls, propertyName: property } = metadata;
  if (typeof constraintCls !== 'function') return null;
  const [constraint, ...others] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (constraint === undefined || others.length > 0 || constraint.async) {
    throw new Error(`${target.name}.${property} carries a check that is not one function`);
  }
  const { instance } = constraint;
  const rest = { targetName: target.name, property, constraints: [...constraintsOf(metadata)], object: {} };
  return (value) =>
    isReadable(value) && instance.validate(value, { ...rest, value } satisfies ValidationArguments) === true;
}

/** Characters of the longest text that a check other than the rule of texts looks at: a cursor. */
const LONGEST = 8_000;

/** An expression, or a count of characters, is not run over a text that is far too long for any of these fields. */
function isReadable(value: unknown): boolean {
  return typeof value !== 'string' || value.length <= LONGEST;
}

/** class-transformer keeps @Type to itself, so one empty element is turned and looked at. */
function nestedClass(target: new () => object, property: string): (new () => object) | null {
  const turned = (plainToInstance(target, { [property]: [{}] }) as Record<string, unknown>)[property];
  const element: unknown = Array.isArray(turned) ? turned[0] : turned;
  const made = typeof element === 'object' && element !== null ? element.constructor : Object;
  return made === Object ? null : (made as new () => object);
}
