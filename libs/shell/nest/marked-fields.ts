import { checkedProperties } from './class-metadata.js';

/** A field that carries a mark, as the caller filled it in. */
export interface MarkedField<Mark> {
  readonly mark: Mark;
  /** Path in the body, `attendance[0].person`. */
  readonly field: string;
  readonly value: string;
  /** The object that the field is of. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/** One kind of mark that classes of bodies put on text fields, and how marked fields are found in what was sent. */
export class FieldMarks<Mark> {
  private readonly declared = new WeakMap<object, Map<string, Mark>>();

  put(mark: Mark): PropertyDecorator {
    return (prototype, property) => {
      const of = this.declared.get(prototype) ?? new Map<string, Mark>();
      this.declared.set(prototype, of.set(String(property), mark));
    };
  }

  /** The mark of a property of a class or of its base classes; null if there is none. */
  of(target: new () => object, property: string): Mark | null {
    for (
      let at = target.prototype as object | null;
      at !== null;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const found = this.declared.get(at)?.get(property);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The marked fields of an object and of those in it that hold a text, in the order in which they are declared. */
  in(target: new () => object, object: object, path = ''): readonly MarkedField<Mark>[] {
    const beside = object as Readonly<Record<string, unknown>>;
    return checkedProperties(target).flatMap(({ name, nested }) => {
      const mark = this.of(target, name);
      const value = beside[name];
      if (mark !== null && typeof value === 'string') {
        return [{ mark, field: path + name, value, beside }];
      }
      if (nested === null || typeof value !== 'object' || value === null) return [];
      if (!Array.isArray(value)) return this.in(nested, value, `${path}${name}.`);
      const elements: readonly unknown[] = value;
      return elements.flatMap((one, index) =>
        typeof one === 'object' && one !== null ? this.in(nested, one, `${path}${name}[${index}].`) : [],
      );
    });
  }

  /** True where a class or one nested in it has a marked field: only then there is something to look at. */
  anyIn(target: new () => object): boolean {
    return checkedProperties(target).some(
      ({ name, nested }) => this.of(target, name) !== null || (nested !== null && this.anyIn(nested)),
    );
  }
}
