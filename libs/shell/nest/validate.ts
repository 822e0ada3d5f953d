import { asSent } from '#libs/engine/event-sourcing';
import { type CheckedProperty, checkedProperties, type PropertyCheck } from './class-metadata.js';
import { invalid, Problems } from './http-problem.js';
import { readText, type TextRule } from './text.js';
import { reasonOf, REQUIRED, type Reason, UNKNOWN_FIELD } from './validation.messages.js';

/**
 * Makes the reader of one class: a body's fields into an instance, or InvalidInput with what is wrong. `besides` lists fields
 * of the body that the class does not declare and the caller reads itself.
 *
 * A field's size is checked before its content, and the first check that fails ends it, so that the time taken is bounded by
 * the declared fields and their limits.
 */
export function bodyReader<T extends object>(
  target: new () => T,
  besides: readonly string[] = [],
): (body: unknown) => T {
  const shape = shapeOf(target);
  const known = new Set(besides);
  return (body) => {
    // A command without required fields may come without a body.
    const fields = body === undefined ? {} : body;
    if (!isObject(fields)) throw invalid('', 'the body must be a JSON object', '请求体必须是 JSON 对象');
    const reading: Reading = { problems: new Problems(), changed: false };
    const instance = readObject(shape, fields, '', reading, known);
    reading.problems.throwAny();
    if (reading.changed) asSent(instance, fields);
    return instance as T;
  };
}

interface Reading {
  readonly problems: Problems;
  /** Whether a text was stored otherwise than it was sent. */
  changed: boolean;
}

/** A class as the reader walks it. */
interface Shape {
  readonly make: new () => object;
  readonly properties: readonly Property[];
  readonly names: ReadonlySet<string>;
}

interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  /** Checks of the value as a whole, in the order in which they are made. */
  readonly whole: readonly Check[];
  /** True where what follows is about the elements of a list. */
  readonly list: boolean;
  readonly text: TextRule | null;
  readonly nested: Shape | null;
  /** Checks of an element. */
  readonly each: readonly Check[];
  /** Made of the whole once its elements are good. */
  readonly last: readonly Check[];
}

type Check = { readonly passes: (value: unknown) => boolean; readonly reason: Reason };

function shapeOf(target: new () => object): Shape {
  const properties = checkedProperties(target).map((property) => propertyOf(target, property));
  return { make: target, properties, names: new Set(properties.map(({ name }) => name)) };
}

function propertyOf(
  target: new () => object,
  { name, optional, nullable, checks, text, nested }: CheckedProperty,
): Property {
  const list = checks.some(({ each }) => each);
  if (list && !['isArray', 'arrayMaxSize'].every((wanted) => checks.some((check) => check.name === wanted))) {
    throw new Error(`${target.name}.${name} is a list without a limit (@IsArray, @ArrayMaxSize)`);
  }
  const inOrder = [...checks].sort((one, other) => rankOf(one) - rankOf(other));
  return {
    name,
    optional,
    nullable,
    whole: inOrder.filter(({ each, name }) => !each && name !== DISTINCT).flatMap(made),
    list,
    text,
    nested: nested === null ? null : shapeOf(nested),
    each: inOrder.filter(({ each }) => each).flatMap(made),
    last: inOrder.filter((check) => check.name === DISTINCT).flatMap(made),
  };
}

const DISTINCT = 'isDistinct';
const OF_TYPE: readonly string[] = ['isDefined', 'isString', 'isArray', 'isInt', 'isNumber', 'isBoolean'];
const OF_SIZE: readonly string[] = [
  ...['isNotEmpty', 'arrayNotEmpty', 'arrayMinSize', 'arrayMaxSize', 'minLength', 'maxLength', 'min', 'max'],
];

/** However the decorators are stacked: type before size, size before content. */
function rankOf({ name }: PropertyCheck): number {
  return OF_TYPE.includes(name) ? 0 : OF_SIZE.includes(name) ? 1 : 2;
}

/** Texts and nested objects are read, not only checked. */
function made({ name, passes, reason }: PropertyCheck): Check[] {
  return passes === null || name === 'isText' ? [] : [{ passes, reason }];
}

const NO_OBJECT = reasonOf('nestedValidation', []);
const NO_TEXT = reasonOf('isText', []);

function readObject(
  { make, properties, names }: Shape,
  fields: Fields,
  at: string,
  reading: Reading,
  besides: ReadonlySet<string> = NONE,
): object {
  for (const name in fields) {
    if (!names.has(name) && !besides.has(name)) reading.problems.add(join(at, name), UNKNOWN_FIELD);
  }
  const made: Record<string, unknown> = {};
  for (const property of properties) {
    const { name } = property;
    if (!Object.hasOwn(fields, name) || fields[name] === undefined) {
      if (!property.optional) reading.problems.add(join(at, name), REQUIRED);
    } else made[name] = readProperty(property, fields[name], join(at, name), reading);
  }
  return Object.assign(new make(), made);
}

/** The value as the instance holds it; undefined after a problem. */
function readProperty(property: Property, value: unknown, at: string, reading: Reading): unknown {
  if (value === null && (property.optional || property.nullable)) return null;
  if (!property.list && property.nested === null) {
    const one = readScalar(property, property.whole, value, reading);
    return one.fault === null ? one.value : reading.problems.add(at, one.fault);
  }
  const failed = property.whole.find(({ passes }) => !passes(value));
  if (failed) return reading.problems.add(at, failed.reason);
  if (!property.list) return property.nested && readNested(property.nested, value, at, reading);
  const read = readElements(property, value as readonly unknown[], at, reading);
  const repeated = read && property.last.find(({ passes }) => !passes(read));
  return repeated ? reading.problems.add(at, repeated.reason) : read;
}

/**
 * A list of scalars stops at the first wrong element, which is reported under the list's name; for objects each is reported,
 * since each has its own fields.
 */
function readElements(
  property: Property,
  elements: readonly unknown[],
  at: string,
  reading: Reading,
): readonly unknown[] | undefined {
  const read: unknown[] = [];
  for (const [index, element] of elements.entries()) {
    if (property.nested !== null) {
      read.push(readNested(property.nested, element, `${at}[${index}]`, reading));
      continue;
    }
    const one = readScalar(property, property.each, element, reading);
    if (one.fault !== null) return reading.problems.add(at, ofElement(index, one.fault));
    read.push(one.value);
  }
  return read;
}

function ofElement(index: number, { reason, reasonZh }: Reason): Reason {
  return { reason: `element ${index + 1} ${reason}`, reasonZh: `第 ${index + 1} 项${reasonZh}` };
}

function readNested(nested: Shape, value: unknown, at: string, reading: Reading): object | undefined {
  return isObject(value) ? readObject(nested, value, at, reading) : reading.problems.add(at, NO_OBJECT);
}

type ReadScalar = { readonly value: unknown; readonly fault: Reason | null };

function readScalar(
  { text }: Property,
  checks: readonly Check[],
  value: unknown,
  reading: Reading,
): ReadScalar {
  const failed = checks.find(({ passes }) => !passes(value));
  if (failed) return { value, fault: failed.reason };
  if (text === null) return { value, fault: null };
  if (typeof value !== 'string') return { value, fault: NO_TEXT };
  const { text: stored, fault } = readText(value, text);
  reading.changed ||= fault === null && stored !== value;
  return { value: stored, fault };
}

type Fields = { readonly [name: string]: unknown };

const NONE: ReadonlySet<string> = new Set();

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(at: string, property: string): string {
  return at === '' ? property : `${at}.${property}`;
}
