import { type Additions, type Contribution } from '#libs/event-sourcing';

/** Whose work is counted: a department, a post (岗位) in it, or a person in it. */
export const WORKLOAD_LEVELS = ['department', 'post', 'person'] as const;
export type WorkloadLevel = (typeof WORKLOAD_LEVELS)[number];

/** A line of a report by department, post and person: whose it is, in which region; its id lacks the period. */
export type WorkLine = {
  readonly level: WorkloadLevel;
  readonly region: string;
  readonly department: string;
  readonly name: string | null;
  readonly id: string;
};

/** The labels of such a line's document, by which it is found. */
export type WorkLabels = {
  readonly level: WorkloadLevel;
  readonly region: string;
  readonly department: string;
  readonly post: string | null;
  readonly person: string | null;
  readonly period: string;
};

/** `name` is the post's or the person's; null for the department. */
export function workLine(
  level: WorkloadLevel,
  region: string,
  department: string,
  name: string | null,
): WorkLine {
  const whose = name === null ? escaped(department) : `${escaped(department)}|${escaped(name)}`;
  return { level, region, department, name, id: `${level}|${region}|${whose}|` };
}

/** What is added to the line's document of one period. */
export function lineContribution(
  { level, region, department, name, id }: WorkLine,
  period: string,
  add: Additions,
): Contribution {
  const labels: WorkLabels = {
    level,
    region,
    department,
    post: level === 'post' ? name : null,
    person: level === 'person' ? name : null,
    period,
  };
  return { id: id + period, labels, add };
}

/** Names are free text: a bar in one of them must not make two lines one document. */
function escaped(name: string): string {
  return /[%|]/.test(name) ? name.replaceAll('%', '%25').replaceAll('|', '%7C') : name;
}
