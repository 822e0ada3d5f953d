import { LRUCache } from 'lru-cache';
import { getOrMake, type TallyLine } from '#libs/engine/event-sourcing';

/** Whose work is counted: a department, a post (岗位) in it, or a person in it. */
export const WORKLOAD_LEVELS = ['department', 'post', 'person'] as const;

export type WorkloadLevel = (typeof WORKLOAD_LEVELS)[number];

/** The labels of such a line's document, by which it is found. */
export type WorkLabels = {
  readonly level: WorkloadLevel;
  readonly region: string;
  /** Null for what persons did whose department a log does not name. */
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
  readonly period: string;
};

/** Where work is done: a post of a department, and who holds it. Without a department it is not the government's. */
export type Desk = {
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
};

/** The lines in which a desk counts, its department's, its post's and its person's, by period. */
class DeskLines {
  readonly #known = new Map<string, readonly TallyLine[]>();

  constructor(
    private readonly region: string,
    private readonly desk: Desk,
  ) {}

  /** The same array each time, so that what many events add to it is added up once. */
  in(period: string): readonly TallyLine[] {
    return getOrMake(this.#known, period, () => this.made(period));
  }

  private made(period: string): readonly TallyLine[] {
    const { department, post, person } = this.desk;
    if (department === null && person === null) return [];
    return [
      workLine('department', this.region, department, null, period),
      ...(post === null ? [] : [workLine('post', this.region, department, post, period)]),
      ...(person === null ? [] : [workLine('person', this.region, department, person, period)]),
    ];
  }
}

/** More than a county has desks at a time. */
const known = new LRUCache<string, DeskLines>({ max: 1_000 });

export function deskLines(region: string, desk: Desk): DeskLines {
  const key = `${region}|${nameKey(desk.department)}|${nameKey(desk.post)}|${nameKey(desk.person)}`;
  return getOrMake(known, key, () => {
    const { department, post, person } = desk;
    return new DeskLines(region, { department, post, person });
  });
}

/** `name` is the post's or the person's; null for the department. */
function workLine(
  level: WorkloadLevel,
  region: string,
  department: string | null,
  name: string | null,
  period: string,
): TallyLine {
  // No department is named with a bare per cent sign: those of names are escaped.
  const own = department === null ? '%' : escaped(department);
  const whose = name === null ? own : `${own}|${escaped(name)}`;
  const labels: WorkLabels = {
    level,
    region,
    department,
    post: level === 'post' ? name : null,
    person: level === 'person' ? name : null,
    period,
  };
  return { id: `${level}|${region}|${whose}|${period}`, labels };
}

/** No person is not the same as a person without a name. */
function nameKey(name: string | null): string {
  return name === null ? '' : `=${escaped(name)}`;
}

/** Names are free text: a bar in one of them must not make two lines one document. */
function escaped(name: string): string {
  return /[%|]/.test(name) ? name.replaceAll('%', '%25').replaceAll('|', '%7C') : name;
}
