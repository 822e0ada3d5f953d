import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';

/** One check that a property carries, as class-validator keeps it. */
export interface PropertyCheck {
  /** Name of the decorator in camel case, `maxLength`; `nestedValidation` for @ValidateNested. */
  readonly name: string;
  readonly constraints: readonly unknown[];
  /** True when it holds for each element of an array. */
  readonly each: boolean;
  /** The check itself, on one property's value; null where it needs class-validator's own walk (nested objects). */
  readonly passes: ((value: unknown) => boolean) | null;
}

export interface CheckedProperty {
  readonly name: string;
  readonly optional: boolean;
  /** True with @ValidateIf: by the custom of this system, for a field that may be null but not left out. */
  readonly nullable: boolean;
  readonly checks: readonly PropertyCheck[];
  /** Class of a nested object, or of an array's elements (@Type). */
  readonly nested: (new () => object) | null;
  /** Type as written, from the compiler's metadata. */
  readonly designType: unknown;
}

/** What a class's decorators say of each of its properties, in the order they were declared. */
export function checkedProperties(target: new () => object): readonly CheckedProperty[] {
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
      const constraints: unknown = metadata.constraints;
      property.checks.push({
        name,
        constraints: Array.isArray(constraints) ? constraints : [],
        each: metadata.each,
        passes: checkOf(target, metadata),
      });
    }
  }
  return [...found].map(([name, { optional, nullable, checks }]) => ({
    name,
    optional,
    nullable,
    checks,
    nested: nestedClass(target, name),
    designType: Reflect.getMetadata('design:type', target.prototype as object, name) as unknown,
  }));
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** class-validator's own constraint behind a decorator, called as its walk calls it. */
function checkOf(target: new () => object, metadata: Metadata): PropertyCheck['passes'] {
  const { constraintCls, propertyName: property, each } = metadata;
  if (typeof constraintCls !== 'function') return null;
  const [constraint, ...others] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (constraint === undefined || others.length > 0 || constraint.async) return null;
  const { instance } = constraint;
  const constraints: unknown[] = Array.isArray(metadata.constraints) ? metadata.constraints : [];
  const rest = { targetName: target.name, property, constraints, object: {} };
  const passes = (value: unknown) => instance.validate(value, { ...rest, value }) === true;
  return (value) => (each && Array.isArray(value) ? value.every(passes) : passes(value));
}

/** class-transformer keeps @Type to itself, so one empty element is turned and looked at. */
function nestedClass(target: new () => object, property: string): (new () => object) | null {
  const turned = (plainToInstance(target, { [property]: [{}] }) as Record<string, unknown>)[property];
  const element: unknown = Array.isArray(turned) ? turned[0] : turned;
  const made = typeof element === 'object' && element !== null ? element.constructor : Object;
  return made === Object ? null : (made as new () => object);
}
