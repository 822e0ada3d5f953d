import { RecentMap, type TallyLine } from '#libs/event-sourcing';

/** Whose work is counted: a department, a post (岗位) in it, or a person in it. */
export const WORKLOAD_LEVELS = ['department', 'post', 'person'] as const;
export type WorkloadLevel = (typeof WORKLOAD_LEVELS)[number];

/** The labels of such a line's document, by which it is found. */
export type WorkLabels = {
  readonly level: WorkloadLevel;
  readonly region: string;
  readonly department: string;
  readonly post: string | null;
  readonly person: string | null;
  readonly period: string;
};

/** Where work is done: a post of a department, and who holds it. Without a department it is nobody's of the government. */
export type Desk = {
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
};

/** Kept, so that what many events add to the same lines is added up once; a county has so many desks and months. */
const known = new RecentMap<readonly TallyLine[]>(20_000);

/** The lines in which a desk counts in a period: its department's, its post's and its person's. */
export function workLines(
  region: string,
  { department, post, person }: Desk,
  period: string,
): readonly TallyLine[] {
  if (department === null) return [];
  const key = `${region}|${period}|${escaped(department)}|${nameKey(post)}|${nameKey(person)}`;
  let lines = known.get(key);
  if (!lines) {
    lines = [
      workLine('department', region, department, null, period),
      ...(post === null ? [] : [workLine('post', region, department, post, period)]),
      ...(person === null ? [] : [workLine('person', region, department, person, period)]),
    ];
    known.set(key, lines);
  }
  return lines;
}

/** `name` is the post's or the person's; null for the department. */
function workLine(
  level: WorkloadLevel,
  region: string,
  department: string,
  name: string | null,
  period: string,
): TallyLine {
  const whose = name === null ? escaped(department) : `${escaped(department)}|${escaped(name)}`;
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

/** Nobody is not the same as somebody without a name. */
function nameKey(name: string | null): string {
  return name === null ? '' : `=${escaped(name)}`;
}

/** Names are free text: a bar in one of them must not make two lines one document. */
function escaped(name: string): string {
  return /[%|]/.test(name) ? name.replaceAll('%', '%25').replaceAll('|', '%7C') : name;
}
