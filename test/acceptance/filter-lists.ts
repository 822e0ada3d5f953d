import { type Body } from '../e2e/server.js';

export type Filters = { readonly [name: string]: string };

/** What a filter means of an item; a value is always the text of the address. */
type Meaning = (item: Body, value: string, all: Filters) => boolean;

/** What else a test knows: the regions of each project, the wider ones too. */
export type Regions = ReadonlyMap<string, readonly string[]>;

export type List = {
  /** Filters that every question carries, such as what the items are by. */
  readonly by?: Filters;
  /** Where a filter has a default: the lists that make up the whole, by its values; the first is the default. */
  readonly split?: { readonly name: string; readonly values: readonly string[] };
  readonly means: { readonly [name: string]: Meaning };
  /** Values in place of those found in the items. */
  readonly values?: { readonly [name: string]: readonly string[] };
  /** Whether it says how many there are, where that is asked. */
  readonly counts?: true;
  /** Filters that a filter asks for. */
  readonly with?: { readonly [name: string]: Filters };
  /** The order, where it is not that of the whole list: what earlier items have less of. */
  readonly order?: (filters: Filters) => ((item: Body) => string) | null;
};

const is =
  (field: string): Meaning =>
  (item, value) =>
    String(item[field]) === value;
const has =
  (field: string): Meaning =>
  (item, value) =>
    (item[field] ?? []).includes(value);
const among =
  (field: string): Meaning =>
  (item, value) =>
    value.split(',').includes(item[field]);
/** The legal day that an instant at 24:00 ends: Beijing is eight hours ahead. */
const dueDay = ({ dueAt }: Body): string =>
  new Date(Date.parse(dueAt) + 8 * 3_600_000 - 1).toISOString().slice(0, 10);
const NO_DUE_DAY = '9999-12-31';
const isUnassigned = ({ open, stage, holder, reviewer }: Body): boolean =>
  open &&
  stage === 'accepted' &&
  holder.party === 'department' &&
  holder.person === null &&
  reviewer === null;
const isKey: Meaning = ({ keyProject }, value) => String(Boolean(keyProject)) === value;

const REGIONS = ['000000', '210500', '210521', '210521100000', '110000'];
const EITHER = ['true', 'false'];
/** The department of the supervisor who asks: awaited opinions are a department’s, and its own where it names none. */
const OWN = 'supervision-office';

/** Every list that filters choose items of, with what each filter means. */
export const lists = (regions: Regions): { readonly [path: string]: List } => {
  const inRegion: Meaning = ({ project }, value) => (regions.get(project) ?? []).includes(value);
  return {
    '/worklist': {
      split: { name: 'open', values: ['true', 'false'] },
      means: {
        department: (item, value, { awaiting }) =>
          awaiting === 'true' ? item['awaiting'].includes(value) : item['responsible'] === value,
        person: is('person'),
        region: has('regions'),
        lamp: among('lamp'),
        stage: among('stage'),
        open: is('open'),
        q: ({ id, projectName }, value) => `${id} ${projectName}`.includes(value),
        matter: is('matter'),
        project: is('project'),
        applicant: is('applicant'),
        dueBefore: (item, value) => dueDay(item) < value,
        dueAfter: (item, value) => dueDay(item) > value && dueDay(item) !== NO_DUE_DAY,
        unassigned: (item, value) => String(isUnassigned(item)) === value,
        awaiting: (item, value, { department = OWN }) =>
          value === 'false' || item['awaiting'].includes(department),
      },
      values: {
        region: REGIONS,
        lamp: ['green', 'yellow', 'red', 'green,red', 'red,yellow,yellow'],
        stage: ['submitted', 'accepted', 'accepted,decided', 'delivered,closed'],
        open: EITHER,
        awaiting: EITHER,
        q: ['mill', '冷库', 'LX-06', 'nothing'],
        dueBefore: ['2024-06-03', '2026-12-01', '2026-12-28', '2027-02-01'],
        dueAfter: ['2024-06-02', '2026-11-30', '2026-12-27'],
        unassigned: EITHER,
      },
      counts: true,
    },
    '/projects': {
      means: {
        region: has('regions'),
        applicant: is('applicant'),
        status: is('status'),
        late: is('late'),
        key: isKey,
        campaign: has('campaigns'),
        q: ({ id, name }, value) => `${id} ${name}`.includes(value),
        template: is('template'),
        leader: ({ keyProject }, value) => keyProject?.leader === value,
        department: ({ applications }, value) =>
          applications.some(({ department }: Body) => department === value),
        lamp: among('lamp'),
      },
      values: {
        region: REGIONS,
        key: EITHER,
        late: EITHER,
        q: ['mill', '冷', 'county-1', 'nothing'],
        leader: ['demo-leader', 'leader-1', 'nobody'],
        department: ['natural-resources', 'water', 'nowhere'],
        lamp: ['green', 'yellow', 'red', 'green,red'],
      },
    },
    '/reports/stalled': { means: { region: inRegion, key: isKey }, values: { region: REGIONS, key: EITHER } },
    '/reports/key-projects': { means: { region: inRegion }, values: { region: REGIONS } },
    '/reports/conformance': { means: { region: inRegion }, values: { region: REGIONS } },
    '/reports/signals': {
      means: {
        signal: is('signal'),
        department: is('department'),
        project: is('project'),
        from: ({ recordedAt }, value) => recordedAt >= value,
        to: ({ recordedAt }, value) => recordedAt <= value,
      },
      values: {
        from: ['2024-06-01T00:00:00.000Z', '2026-11-24T02:00:00.000Z'],
        to: ['2024-09-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z'],
      },
    },
    '/reports/self-inspections': { means: { department: is('department') } },
    '/reports/workload': { by: { by: 'person' }, means: { department: is('department') } },
    '/reports/service-quality': {
      by: { by: 'person', from: '2024-03-01', to: '2024-12-31' },
      means: { department: is('department') },
    },
    '/audit': {
      means: {
        stream: is('stream'),
        actor: ({ actor }, value) => actor.person === value,
        type: among('type'),
        correlation: ({ correlationId, commandId }, value) => [correlationId, commandId].includes(value),
        position: is('position'),
        from: ({ occurredAt }, value) => occurredAt >= value,
        to: ({ occurredAt }, value) => occurredAt <= value,
      },
      values: {
        actor: ['demo-applicant', 'demo-head', 'natural-resources-reviewer-1', 'nobody'],
        from: ['2024-06-01T00:00:00.000Z', '2026-11-24T02:00:00.000Z'],
        to: ['2024-09-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z'],
      },
    },
    '/disputes': { means: { status: is('status'), matter: is('matter') } },
    '/requests': {
      means: {
        status: is('status'),
        department: is('department'),
        applicant: is('applicant'),
        overdue: is('overdue'),
      },
      values: { overdue: ['true'] },
      with: { overdue: { status: 'open' } },
      // By status the most pressing first, unless they are those of one enterprise.
      order: ({ status, applicant }) =>
        status === undefined || applicant !== undefined ? null : ({ answerBy }) => answerBy,
    },
    '/challenges': {
      means: {
        status: is('status'),
        department: is('department'),
        matter: is('matter'),
        applicant: ({ challenger }, value) => challenger.person === value,
        overdue: is('overdue'),
      },
      values: { applicant: ['demo-applicant', 'li', 'nobody'], overdue: ['true'] },
      with: { overdue: { status: 'open' } },
      order: ({ status, applicant, matter }) =>
        status === undefined || applicant !== undefined || matter !== undefined ? null : ({ dueAt }) => dueAt,
    },
    '/improvements': { means: { status: is('status'), matter: is('matter') } },
    '/pledges': { means: { status: is('status'), department: is('department') } },
    '/matters': {
      means: {
        department: is('department'),
        kind: is('kind'),
        q: ({ code, name }, value) => `${code} ${name}`.includes(value),
      },
      values: { q: ['LX', '许可', 'nothing'] },
    },
    '/permits': {
      means: {
        department: is('department'),
        matter: is('matter'),
        holder: ({ holder }, value) => holder?.creditCode === value,
        from: ({ grantedOn }, value) => grantedOn >= value,
        to: ({ grantedOn }, value) => grantedOn <= value,
      },
      values: {
        holder: ['9144030071526726XG', '91310000775785552L'],
        from: ['2026-11-01', '2026-11-24'],
        to: ['2026-11-24', '2027-01-01'],
      },
    },
    '/sessions': { means: { status: is('status') } },
    '/accounts': {
      means: {
        waiting: is('isWaiting'),
        department: ({ status, posts }, value) =>
          status === 'open' && posts?.at(-1)?.department === value && posts.at(-1)?.until === null,
        role: is('role'),
        q: ({ id }, value) => id.includes(value),
      },
      values: {
        waiting: ['true'],
        department: ['natural-resources', 'water', 'nowhere'],
        role: ['reviewer', 'window', 'applicant'],
        q: ['demo', 'water', 'xyz'],
      },
    },
  };
};

/** Lists whose filters choose what is counted, and not which items are shown: test/truth computes them anew. */
export const COUNTED: { readonly [path: string]: readonly string[] } = {
  '/reports/co-handling': ['from', 'region', 'to'],
  '/reports/compression': ['from', 'region', 'to'],
  '/reports/matters': ['department', 'from', 'region', 'sort', 'to'],
  '/reports/service-quality': ['by', 'from', 'region', 'to'],
  '/reports/workload': ['by', 'from', 'region', 'rollUp', 'to'],
  '/reports/back-entries': ['from', 'to'],
  '/reports/overview': ['region'],
  // Who acted, which no item says, and what is not a filter: see worklist.acceptance.spec.ts.
  '/worklist': ['actedBy', 'count', 'since', 'sort'],
  // See lists.acceptance.spec.ts.
  '/projects': ['sort'],
  '/audit': ['order', 'project', 'q'],
};
/** The box of notices that is looked into, and the project that is accounted for: what they name is not left out. */
export const NO_FILTER: { readonly [path: string]: readonly string[] } = {
  '/notices': ['to'],
  '/reports/accountability': ['project'],
};
/** What no list is filtered by. */
export const OF_PAGES = ['limit', 'cursor', 'after', 'asOf'];
