import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Walker } from './scene.js';
import { STANDS, type Stand } from './people.js';

export const AREAS = ['cases', 'county', 'campaign', 'reading'] as const;
export type Area = (typeof AREAS)[number];

/** Let in, let in to a list that does not hold the thing, or refused. */
export type Expected = 'in' | 'empty' | 'refused';

type Line = Partial<Record<Stand | 'any' | 'empty' | 'always', readonly string[]>>;
type Table = Readonly<Record<Area, Readonly<Record<string, Line>>>> & {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly nowhere: Readonly<Record<string, readonly Stand[]>>;
  readonly powerless: Readonly<Record<string, readonly Stand[]>>;
};

const table = parse(readFileSync(new URL('access.yaml', import.meta.url), 'utf8')) as Table;

/** Lines of an area: a route, and of some lists the route with what is asked for. */
export const routesOf = (area: Area): readonly string[] => Object.keys(table[area]);

/** What the table says of one who walks up to a route. */
export function expected(area: Area, route: string, { role, stand }: Walker): Expected {
  const line = table[area][route];
  if (line === undefined) throw new Error(`the table has no line ${route}`);
  const isPublic = line.any?.includes('nobody') ?? false;
  if (isPublic) return 'in';
  const isPowerless = table.powerless[role]?.includes(stand) === true;
  const names = (key: keyof Line, all: readonly Stand[]) =>
    (line[key] ?? [])
      .filter((entry) => !isPowerless || entry === 'everyone')
      .flatMap(rolesOf)
      .some(({ role: named, stands }) => named === role && (stands ?? all).includes(stand));
  if (names('always', STANDS)) return 'in';
  if (table.nowhere[role]?.includes(stand)) return 'refused';
  if (names(stand, [stand]) || names('any', STANDS)) return 'in';
  return names('empty', STANDS) ? 'empty' : 'refused';
}

/** `clerks/other` is every role of the group, in that stand. */
function rolesOf(entry: string): readonly { readonly role: string; readonly stands?: readonly Stand[] }[] {
  const [name = '', stand] = entry.split('/');
  const members = table.groups[name];
  const roles = members === undefined ? [name] : members.flatMap(rolesOf).map(({ role }) => role);
  return roles.map((role) => (stand === undefined ? { role } : { role, stands: [stand as Stand] }));
}
