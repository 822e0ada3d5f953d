import { checkedProperties } from './class-metadata.js';
import { FieldMarks } from './marked-fields.js';

const marks = new FieldMarks<true>();

/**
 * Says that a text identifies a natural person: name, number, telephone or address. Where that person holds no office, the events
 * that it goes into seal it (`personalFields` of the area), and the OpenAPI document shows the field with `x-personal`.
 */
export const IdentifiesPerson = (): PropertyDecorator => marks.put(true);

export function identifiesPerson(target: new () => object, property: string): boolean {
  return marks.of(target, property) !== null;
}

const known = new WeakMap<object, ReadonlySet<string>>();

/** The fields of a class that identify a person, or hold an object with such a field. */
export function personalFieldsOf(target: new () => object): ReadonlySet<string> {
  const found = known.get(target);
  if (found !== undefined) return found;
  const fields = checkedProperties(target).filter(
    ({ name, nested }) => identifiesPerson(target, name) || (nested !== null && marks.anyIn(nested)),
  );
  const names = new Set(fields.map(({ name }) => name));
  known.set(target, names);
  return names;
}
