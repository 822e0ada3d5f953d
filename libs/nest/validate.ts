import { plainToInstance } from 'class-transformer';
import { Validator, type ValidationError, type ValidatorOptions } from 'class-validator';
import { checkedProperties, type CheckedProperty } from './class-metadata.js';
import { reasonOf } from './validation.messages.js';
import { invalid, InvalidInput, type FieldProblem } from './http-problem.js';

/** Deeper than any body this system knows; deeper still is a try to exhaust the stack. */
const MAX_DEPTH = 16;

const validator = new Validator();
const options: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: true },
};

/**
 * Makes the reader of one class: a body's fields into an instance, or InvalidInput with everything that is wrong.
 * `besides` are fields of the body that the class does not declare and the caller reads itself.
 */
export function bodyReader<T extends object>(
  target: new () => T,
  besides: readonly string[] = [],
): (body: unknown) => T {
  const properties = checkedProperties(target);
  const declared = new Set(properties.map(({ name }) => name));
  const known = new Set([...declared, ...besides]);
  const plain = plainReader(target, properties);
  const objects = objectsOf(properties);
  return (body) => {
    // A command without required fields may come without a body.
    const fields = body === undefined ? {} : body;
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw invalid('', 'the body must be a JSON object', '请求体必须是 JSON 对象');
    }
    const errors: FieldProblem[] = [];
    const own: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (!known.has(name)) errors.push(unknownField(name));
      else if (declared.has(name)) {
        if (tooDeep(value, MAX_DEPTH)) throw invalid(name, 'is nested too deeply', '嵌套过深');
        own[name] = value;
      }
    }
    if (errors.length === 0) {
      const passed = plain?.(own);
      if (passed) return passed;
    }
    const misplaced: FieldProblem[] = [];
    arraysForObjects(objects, own, '', misplaced);
    if (misplaced.length > 0) throw new InvalidInput([...errors, ...misplaced]);
    const instance = plainToInstance(target, own);
    // Without decorators there is nothing to check, and class-validator refuses what it does not know.
    if (properties.length > 0) collect(validator.validateSync(instance, options), '', errors);
    if (errors.length > 0) throw new InvalidInput(errors);
    return instance;
  };
}

/**
 * The short way for bodies that are right, several times as fast as class-validator's walk: the same checks, laid out
 * once. Whatever does not pass here goes the long way, which says what is wrong. Null for classes with nested objects
 * or conditions.
 */
function plainReader<T extends object>(
  target: new () => T,
  checked: readonly CheckedProperty[],
): ((own: Record<string, unknown>) => T | null) | null {
  const properties = checked.map(({ name, optional, nullable, nested, checks }) => ({
    name,
    optional,
    checks: checks.map((check) => check.passes).filter((passes) => passes !== null),
    isPlain: !nullable && nested === null && checks.every((check) => check.passes !== null),
  }));
  if (properties.some((property) => !property.isPlain)) return null;
  return (own) => {
    for (const { name, optional, checks } of properties) {
      const value = own[name];
      if (optional && (value === undefined || value === null)) continue;
      for (const passes of checks) if (!passes(value)) return null;
    }
    return Object.assign(new target(), own);
  };
}

/** A property that holds an object, or an array of them, and those inside. */
interface NestedObject {
  readonly name: string;
  readonly each: boolean;
  readonly inner: readonly NestedObject[];
}

function objectsOf(properties: readonly CheckedProperty[]): readonly NestedObject[] {
  return properties.flatMap(({ name, nested, checks }) =>
    nested === null
      ? []
      : [
          {
            name,
            each: checks.some((check) => check.name === 'nestedValidation' && check.each),
            inner: objectsOf(checkedProperties(nested)),
          },
        ],
  );
}

/** class-validator takes an array where an object is wanted, looks at its elements, and finds nothing in an empty one. */
function arraysForObjects(
  objects: readonly NestedObject[],
  fields: object,
  at: string,
  into: FieldProblem[],
): void {
  for (const { name, each, inner } of objects) {
    const value = (fields as Readonly<Record<string, unknown>>)[name];
    const field = join(at, name);
    const found = !each
      ? [[field, value] as const]
      : Array.isArray(value)
        ? value.map((element: unknown, index) => [`${field}[${index}]`, element] as const)
        : [];
    for (const [place, one] of found) {
      if (Array.isArray(one))
        into.push({ field: place, ...reasonOf('nestedValidation', `${name} must be an object`, name, one) });
      else if (typeof one === 'object' && one !== null) arraysForObjects(inner, one, place, into);
    }
  }
}

function unknownField(name: string): FieldProblem {
  return { field: name, reason: 'is not a field of this command', reasonZh: '不是本命令的字段' };
}

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

function collect(found: readonly ValidationError[], at: string, into: FieldProblem[]): void {
  for (const error of found) {
    const field = /^\d+$/.test(error.property) ? `${at}[${error.property}]` : join(at, error.property);
    // Decorators run from the bottom up: the last that failed is the topmost, which says the type.
    const all = Object.entries(error.constraints ?? {});
    const failed = all.findLast(([check]) => check !== 'nestedValidation') ?? all[0];
    if (failed) {
      const [check, text] = failed;
      into.push(
        check === 'whitelistValidation'
          ? unknownField(field)
          : { field, ...reasonOf(check, text, error.property, error.value) },
      );
    }
    collect(error.children ?? [], field, into);
  }
}

function join(at: string, property: string): string {
  return at === '' ? property : `${at}.${property}`;
}
