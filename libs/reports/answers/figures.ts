import { type DaySpan } from '#libs/law/calendar';
import { addressOf, type FiguresFrom } from '#libs/shell/nest';
import { FORMULAS } from './formulas.js';

// The figures of each report, with the read model and the formula that they come from, and what opens the events that were
// counted. A formula's number is raised when its figures are computed otherwise.

type Where = { readonly region?: string | undefined };
type Whose = Where & { readonly department?: string | undefined };

const worklist = (of: { readonly [name: string]: string | undefined }) => addressOf('/worklist', of);
const projects = (of: { readonly [name: string]: string | undefined }) => addressOf('/projects', of);

export function overviewFigures({ region }: Where): readonly FiguresFrom[] {
  const formula = 'overview/1';
  const of = (query: string, ...figures: string[]) => ({ projection: 'projects', formula, query, figures });
  const lamp = (name: string) => ({
    ...{ projection: 'applications', formula, figures: [`lamps.${name}`] },
    query: worklist({ region, lamp: name }),
  });
  return [
    of(projects({ region }), 'projects'),
    of(projects({ region, status: 'completed' }), 'completed', 'onTimeOf', 'onTimeRate'),
    of(projects({ region, status: 'completed', late: 'true' }), 'completedLate'),
    of(projects({ region, status: 'open' }), 'open'),
    of(projects({ region, key: 'true' }), 'keyProjects'),
    of(projects({ region }), 'applications.opened', 'applications.submitted'),
    of(worklist({ region }), 'applications.running'),
    of(
      worklist({ region, open: 'false' }),
      ...['applications.ended', 'applications.granted', 'applications.refused', 'applications.late'],
    ),
    ...['green', 'yellow', 'red'].map(lamp),
  ];
}

export const keyBoardFigures = ({ region }: Where): readonly FiguresFrom[] => [
  {
    ...{ projection: 'projects', formula: 'key-projects/1', query: projects({ region, key: 'true' }) },
    figures: ['items.matters.all', 'items.matters.running', 'items.matters.ended'],
  },
  {
    ...{ projection: 'applications', formula: 'days-used/1', query: worklist({ region }) },
    figures: ['items.cases.daysUsed'],
  },
  {
    ...{
      projection: 'stalls',
      formula: 'standstill/1',
      query: addressOf('/reports/stalled', { key: 'true', region }),
    },
    figures: ['items.workingDays'],
  },
  {
    ...{ projection: 'projects', formula: 'forecast/1', query: projects({ region, key: 'true' }) },
    figures: ['items.slipDays'],
  },
];

export const campaignFigures = (): readonly FiguresFrom[] => [
  {
    ...{ projection: 'projects', formula: 'campaigns/1', query: projects({}) },
    figures: [
      ...[
        'projects',
        'open',
        'completed',
        'completedWithTerm',
        'completedLate',
        'keyProjects',
        'applications',
      ],
      ...['submitted', 'ended', 'granted', 'refused', 'lateApplications'],
    ].map((figure) => `items.${figure}`),
  },
];

const audit = (span: DaySpan | null | undefined, type?: string) =>
  addressOf('/audit', { type, from: span?.from, to: span?.to });

/** Both of what was done in a span and of what is in hand; the days of a department have no stock. */
export const workloadFigures = (
  { department, region, span }: Whose & { readonly span?: DaySpan | null },
  hasStock: boolean,
): readonly FiguresFrom[] => [
  {
    ...{ projection: 'workload', formula: FORMULAS.workload, query: audit(span) },
    figures: [
      ...[
        'events',
        'done',
        'onTime',
        'late',
        'onTimeOf',
        'onTimeRate',
        'returns',
        'sendBacks',
        'backEntries',
      ],
      ...['supplements', 'transfers', 'escalations', 'handled', 'meanMinutes', 'medianMinutes', 'p90Minutes'],
    ].map((figure) => `items.${figure}`),
  },
  ...(hasStock
    ? [
        {
          ...{ projection: 'workload', formula: 'stock/1', query: worklist({ department, region }) },
          figures: ['items.open', 'items.dueSoon', 'items.overdue'],
        },
      ]
    : []),
];

export const matterFigures = ({
  region,
  span,
}: Where & { readonly span: DaySpan }): readonly FiguresFrom[] => [
  {
    ...{ projection: 'outcomes', formula: FORMULAS.outcomes, query: worklist({ region, open: 'false' }) },
    figures: [
      ...['items.cases', 'items.withdrawn', 'items.notAccepted', 'items.onTimeOf'],
      ...['steps', 'days', 'handOffs', 'onTimeRate'].flatMap((figure) =>
        ['value', 'rank', 'before'].map((part) => `items.figures.${figure}.${part}`),
      ),
    ],
  },
  {
    ...{ projection: 'matters', formula: FORMULAS.catalogue, query: addressOf('/matters', {}) },
    figures: ['items.listedSteps', 'items.promised.days', 'items.statutory.days'],
  },
  { projection: 'audit', formula: 'audit/1', query: audit(span), figures: [] },
];

export const compressionFigures = ({
  region,
  span,
}: Where & { readonly span: DaySpan }): readonly FiguresFrom[] => [
  {
    ...{ projection: 'outcomes', formula: 'actual-days/1', query: worklist({ region, open: 'false' }) },
    figures: [
      ...['items.actual.cases', 'items.actual.medianDays', 'items.actual.p90Days'],
      ...['items.onTimeOf', 'items.onTimeRate'],
    ],
  },
  {
    ...{ projection: 'saved-materials', formula: 'saved-materials/1', query: audit(span) },
    figures: ['items.saved.sharing', 'items.saved.deficiency', 'items.saved.commitment'],
  },
  {
    ...{ projection: 'matters', formula: FORMULAS.catalogue, query: addressOf('/matters', {}) },
    figures: ['items.promised.days', 'items.statutory.days'],
  },
];

export const coHandlingFigures = ({
  span,
  region,
}: Where & { readonly span: DaySpan }): readonly FiguresFrom[] => [
  {
    ...{ projection: 'opinions', formula: 'opinions/2', query: audit(span, 'ConsultationRequested') },
    figures: [
      ...['asked', 'inTime', 'late', 'silent', 'lapsed', 'awaited', 'inTimeRate', 'medianWorkingMinutes'],
    ].map((figure) => `items.${figure}`),
  },
  {
    ...{ projection: 'workload', formula: FORMULAS.workload, query: worklist({ region, open: 'false' }) },
    figures: ['items.own.onTime', 'items.own.late', 'items.own.onTimeOf', 'items.own.onTimeRate'],
  },
  {
    ...{ projection: 'opinions', formula: 'co-handling/1', query: audit(span) },
    figures: ['items.score', 'items.rank'],
  },
];

export const serviceFigureSources = ({ span }: { readonly span: DaySpan }): readonly FiguresFrom[] => [
  {
    ...{ projection: 'service', formula: 'service-quality/1', query: audit(span, 'ServiceRated') },
    figures: ['items.rated', 'items.meanStars'],
  },
  {
    ...{ projection: 'service', formula: 'service-quality/1', query: audit(span) },
    figures: ['items.examined', 'items.firstPassRate', 'items.supplementRate'],
  },
];

export const selfInspectionFigures = (): readonly FiguresFrom[] => [
  {
    ...{ projection: 'self-inspections', formula: 'self-inspections/1' },
    query: addressOf('/audit', { type: 'SelfInspectionReported' }),
    figures: [
      ...['done', 'late', 'returns', 'supplements', 'onTime', 'events', 'transfers', 'open', 'overdue'].map(
        (figure) => `items.figures.${figure}`,
      ),
      ...['items.comparison.claimed', 'items.mismatches'],
    ],
  },
  {
    ...{ projection: 'workload', formula: FORMULAS.workload, query: addressOf('/reports/workload', {}) },
    figures: ['items.comparison.fact'],
  },
];

export const stalledFigures = ({ region }: Where): readonly FiguresFrom[] => [
  {
    ...{ projection: 'stalls', formula: 'standstill/1', query: worklist({ region }) },
    figures: ['items.workingDays'],
  },
];

export const backEntryFigures = ({ span }: { readonly span: DaySpan }): readonly FiguresFrom[] => [
  {
    ...{ projection: 'signals', formula: 'back-entries/1', query: audit(span, 'BackEntryFlagged') },
    figures: ['entries', 'applications', 'leastWorkingDays', 'mostWorkingDays'].map(
      (name) => `items.${name}`,
    ),
  },
];

/** A signal is not a figure: each names the events that it rests on. */
export const signalFigures = (): readonly FiguresFrom[] => [];

export const conformanceFigures = ({ region }: Where): readonly FiguresFrom[] => [
  {
    ...{ projection: 'conformance', formula: 'conformance/1', query: projects({ region }) },
    figures: ['projects', 'counts.count', 'counts.departments.count'],
  },
];

export const whatIfFigures = ({ region }: Where): readonly FiguresFrom[] => [
  {
    ...{ projection: 'applications', formula: 'what-if/1', query: projects({ region, status: 'completed' }) },
    figures: [
      ...['sample.looked', 'sample.replayed', 'total.actualDays', 'total.replayedDays', 'total.savedDays'],
      ...['items.actualDays', 'items.replayedDays', 'items.savedDays', 'process.termDays'],
      ...['actual', 'replayed'].flatMap((run) =>
        ['begun', 'ended'].map((day) => `items.matters.${run}.${day}`),
      ),
    ],
  },
];

/** Of one project: everything rests on its own events. */
export const forecastFigures = (project: string): readonly FiguresFrom[] => [
  {
    ...{ projection: 'projects', formula: 'forecast/1' },
    query: addressOf(`/projects/${encodeURIComponent(project)}/timeline`, {}),
    figures: [
      ...['earliestFinish.workingDays', 'criticalPath.workingDays'],
      ...['lines.matters', 'others'].flatMap((list) =>
        ['termDays', 'daysLeft', 'finish.workingDays'].map((figure) => `${list}.${figure}`),
      ),
    ],
  },
];

export const accountabilityFigures = (project: string): readonly FiguresFrom[] => [
  {
    ...{ projection: 'timelines', formula: 'accountability/2' },
    query: addressOf(`/projects/${encodeURIComponent(project)}/timeline`, {}),
    figures: [
      ...['totalMinutes', 'totalWorkingMinutes', 'items.minutes', 'items.workingMinutes'],
      ...['holders.minutes', 'holders.workingMinutes', 'holders.share'],
      ...['breaches.detail.workingDays', 'breaches.detail.round'],
    ],
  },
];

export const effectFigures = (): readonly FiguresFrom[] => [
  {
    ...{ projection: 'outcomes', formula: FORMULAS.outcomes, query: worklist({ open: 'false' }) },
    figures: [
      'effect.windowDays',
      ...['before', 'after'].flatMap((window) =>
        ['cases', 'steps', 'days', 'handOffs', 'onTimeOf', 'onTimeRate', 'supplementRate'].map(
          (figure) => `effect.${window}.${figure}`,
        ),
      ),
    ],
  },
];
