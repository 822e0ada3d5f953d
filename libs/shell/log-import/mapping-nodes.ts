import { isMap, isScalar, type LineCounter, type Node } from 'yaml';
import { NAME_RULE, readText } from '#libs/shell/nest';
import { MappingError, type Source } from './mapping.js';

/** The entries of a map in the file. */
type Entries = ReadonlyMap<string, Node | null>;

/** The tree of a mapping's YAML, with the place of everything in it that cannot be. */
export class MappingNodes {
  private readonly problems: { line: number; field: string; reason: string }[] = [];

  constructor(
    private readonly path: string,
    private readonly lines: LineCounter,
  ) {}

  problemAt(offset: number, field: string, reason: string): void {
    this.problems.push({ line: this.lines.linePos(offset).line, field, reason });
  }

  stopAtProblems(): void {
    if (this.problems.length > 0) throw new MappingError(this.path, this.problems);
  }

  /** `org:group`, or `{ column: org:group, otherwise: Group 1 }`, or `{ value: Group 1 }`. */
  protected source(node: Node, field: string): Source {
    if (!isMap(node)) return { column: this.text(node, field, node, ''), otherwise: null };
    const entries = this.entries(node, field, ['column', 'otherwise', 'value']);
    const part = (name: string): string | null => {
      const value = entries.get(name) ?? null;
      return value ? this.text(value, `${field}.${name}`, node, '') : null;
    };
    const [column, otherwise, value] = [part('column'), part('otherwise'), part('value')];
    if ((column === null) === (value === null) || (value !== null && otherwise !== null)) {
      this.problem(node, field, 'needs either column (and otherwise) or value');
    }
    return { column, otherwise: value ?? otherwise };
  }

  /** A line of the file, counted from 1. */
  protected whole(node: Node | null, field: string): number {
    const value: unknown = isScalar(node) ? node.value : 1;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
    this.problem(node, field, 'is a whole number from 1 on');
    return 1;
  }

  protected flag(node: Node | null, field: string): boolean {
    const value: unknown = isScalar(node) ? node.value : null;
    if (value !== null && typeof value !== 'boolean') this.problem(node, field, 'is true or false');
    return value === true;
  }

  /** A non-empty text; `otherwise` null = it must be there. Numbers must be quoted: 0123 would lose its zero. */
  protected text(
    node: Node | null,
    field: string,
    parent: Node | null,
    otherwise: string | null,
    pattern?: RegExp,
    expected = '',
  ): string {
    if (node === null || (isScalar(node) && node.value === null)) {
      if (otherwise === null) this.problem(parent, field, 'is missing');
      return otherwise ?? '';
    }
    const value: unknown = isScalar(node) ? node.value : null;
    if (typeof value !== 'string') {
      this.problem(node, field, 'must be a text (put it in quotes)');
      return '';
    }
    if (pattern ? !pattern.test(value) : readText(value, NAME_RULE).fault !== null) {
      this.problem(node, field, `"${value}" cannot stand here${expected && ` (${expected})`}`);
    }
    return value;
  }

  /** The entries of a map; keys outside `known` are problems, since a misspelt key would be passed over in silence. */
  protected entries(node: Node | null, field: string, known: readonly string[] | null): Entries {
    const entries = new Map<string, Node | null>();
    if (node === null || (isScalar(node) && node.value === null)) return entries;
    if (!isMap(node)) {
      this.problem(node, field || '(mapping)', 'must be a map of keys and values');
      return entries;
    }
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (known && !known.includes(key)) {
        this.problem(
          pair.key as Node,
          field ? `${field}.${key}` : key,
          `is no key of a mapping; keys here: ${known.join(', ')}`,
        );
      }
      entries.set(key, pair.value as Node | null);
    }
    return entries;
  }

  protected problem(node: Node | null, field: string, reason: string): void {
    this.problemAt(node?.range?.[0] ?? 0, field, reason);
  }
}
