import { isMap, isScalar, isSeq, type Node } from 'yaml';

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys and indexes that lead to something in the file. */
type Place = readonly string[];

/**
 * The content of a mapping in the one form that classes describe: keys that the file chooses become a list of `key` and
 * `value`, what may be written short is written out. It remembers where the file has what was put elsewhere.
 */
export class MappingPlaces {
  readonly content: unknown;
  private readonly moved = new Map<string, Place>();

  constructor(given: unknown) {
    this.content = isFields(given) ? this.whole(given) : (given ?? this.whole({}));
  }

  /** `activities[0].value.command` of the content → `activities.Grant.command` of the file. */
  placeOf(field: string): Place {
    const keys = field.split(/[.[\]]+/).filter((key) => key !== '');
    for (let length = keys.length; length > 0; length--) {
      const before = this.moved.get(keys.slice(0, length).join('.'));
      if (before) return [...before, ...keys.slice(length)];
    }
    return keys;
  }

  private whole({ columns, project, timeFormat, ...rest }: Fields): Fields {
    const map = (name: string, value: (given: unknown, at: Place, place: Place) => unknown): Fields =>
      rest[name] === undefined ? {} : { [name]: this.entries(rest[name], [name], [name], value) };
    return {
      ...rest,
      columns: isFields(columns) ? this.sources(columns, ['columns'], ['columns']) : (columns ?? {}),
      project: project ?? {},
      ...(timeFormat !== undefined && {
        timeFormat: typeof timeFormat === 'string' ? [timeFormat] : timeFormat,
      }),
      ...map('only', (given): readonly unknown[] => (Array.isArray(given) ? given : [given])),
      ...map('departments', (given) => given),
      ...map('activities', (given, at, place) =>
        isFields(given) ? this.activity(given, at, place) : this.short('command', given, at, place),
      ),
      ...map('dates', (given, at, place) =>
        isFields(given)
          ? this.sources(given, at, place, ['activity'])
          : this.short('activity', given, at, place),
      ),
    };
  }

  private entries(
    given: unknown,
    at: Place,
    place: Place,
    value: (given: unknown, at: Place, place: Place) => unknown,
  ): unknown {
    // A list is none: it stays something else than the list that a map becomes.
    if (!isFields(given)) return Array.isArray(given) ? {} : given;
    return Object.entries(given).map(([key, one], index) => {
      const own = [...at, String(index), 'value'];
      this.moved.set([...at, String(index)].join('.'), [...place, key]);
      this.moved.set([...at, String(index), 'key'].join('.'), [...place, key]);
      this.moved.set(own.join('.'), [...place, key]);
      return { key, value: value(one, own, [...place, key]) };
    });
  }

  private activity(given: Fields, at: Place, place: Place): Fields {
    const { fields } = given;
    if (fields === undefined) return given;
    const sources = this.entries(fields, [...at, 'fields'], [...place, 'fields'], (one, own, its) =>
      this.source(one, own, its),
    );
    return { ...given, fields: sources };
  }

  private sources(given: Fields, at: Place, place: Place, texts: readonly string[] = []): Fields {
    return Object.fromEntries(
      Object.entries(given).map(([name, one]) => [
        name,
        texts.includes(name) ? one : this.source(one, [...at, name], [...place, name]),
      ]),
    );
  }

  /** `org:group` is `{ column: org:group }`. */
  private source(given: unknown, at: Place, place: Place): unknown {
    return isFields(given) || given === null ? given : this.short('column', given, at, place);
  }

  private short(name: string, given: unknown, at: Place, place: Place): Fields {
    this.moved.set([...at, name].join('.'), place);
    return { [name]: given };
  }
}

/** Where a place begins in the text of the file; of what is missing, where that begins which lacks it. */
export function offsetOf(root: Node | null, place: Place): number {
  let node = root;
  for (const key of place) {
    const next = child(node, key);
    if (next === null) break;
    node = next;
  }
  return node?.range?.[0] ?? 0;
}

function child(node: Node | null, key: string): Node | null {
  if (isSeq(node)) return (node.items[Number(key)] as Node | undefined) ?? null;
  if (!isMap(node)) return null;
  const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
  return pair ? ((pair.value ?? pair.key) as Node) : null;
}
