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
