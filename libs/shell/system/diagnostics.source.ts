import {
  type FigureSource,
  type Complexity,
  type Diagnostics,
  type DiagnosticsSource,
  type Efficiency,
  type Responsibility,
} from '#libs/county/bulletin';
import { dayOf, type DaySpan, endOfDay, spanBefore } from '#libs/law/calendar';
import {
  challenges as challengeModel,
  EVERYWHERE,
  matters as matterModel,
  mattersOn,
} from '#libs/law/catalogue';
import { allDocuments, type Model, type ReadModels } from '#libs/engine/event-sourcing';
import { type PastSources, type QuerySources } from '#libs/shell/nest';
import { FORMULAS, type Outcomes, outcomesTogether, workload } from '#libs/reports';
import { outcomes as outcomeModel, workloadTally } from '#libs/county/approval';
import { requests as requestModel } from '#libs/county/requests';
import { disputes as disputeModel } from '#libs/county/coordination';

const MODELS = [workloadTally, requestModel, challengeModel, disputeModel, matterModel, outcomeModel];

/**
 * What heads a bulletin, from the read models as they were when its half month ended: sums, and the short lists of what
 * nobody had answered. Of one that still runs, as they are now.
 */
export class ReportedDiagnostics implements DiagnosticsSource {
  constructor(
    private readonly sources: QuerySources,
    private readonly past: PastSources,
  ) {}

  diagnose(period: DaySpan, now: string): Promise<Diagnostics> {
    const ask = (sources: QuerySources) => diagnosed(sources, period);
    return dayOf(now) <= period.to ? ask(this.sources) : this.past.answer(endOfDay(period.to), ask);
  }
}

async function diagnosed(sources: QuerySources, period: DaySpan): Promise<Diagnostics> {
  const { models } = sources;
  const now = sources.now();
  // Asked for first: what is folded meanwhile is in the figures all the same, so that none is older than this.
  const asOf = await sources.asOf(...MODELS);
  const matters = await mattersOn(sources, period.to < dayOf(now) ? period.to : dayOf(now));
  const all = await allDocuments(models, matterModel, { index: 'all' });
  const outcomesOf = (span: DaySpan) =>
    outcomesTogether(models, { matters: all.map(({ code }) => code), region: EVERYWHERE, span });
  const [responsible, outcomes, before] = await Promise.all([
    responsibility(models, period, now),
    outcomesOf(period),
    outcomesOf(spanBefore(period)),
  ]);
  const position = asOf === null ? null : asOf.position.toString();
  return {
    position,
    figures: {
      responsibility: responsible,
      complexity: complexityOf(matters, outcomes),
      efficiency: efficiencyOf(outcomes, before),
    },
    basis: basisOf(period, now, position),
  };
}

async function responsibility(models: ReadModels, span: DaySpan, now: string): Promise<Responsibility> {
  const [items, requests, challenges, disputes] = await Promise.all([
    workload(models, { span, now }),
    unanswered(models, requestModel, now),
    unanswered(models, challengeModel, now),
    unanswered(models, disputeModel, now),
  ]);
  const departments = items
    .filter(({ overdue, late }) => overdue + late > 0)
    .flatMap(({ department, overdue, late }) => (department === null ? [] : [{ department, overdue, late }]));
  return {
    overdue: departments.reduce((sum, { overdue }) => sum + overdue, 0),
    late: departments.reduce((sum, { late }) => sum + late, 0),
    unanswered: { requests, challenges, disputes },
    departments,
  };
}

/** Each register has an index of what is open, in the order of the last instant for an answer. */
async function unanswered(models: ReadModels, register: Model, now: string): Promise<number> {
  const found = await allDocuments(models, register, {
    index: 'status',
    equals: { status: 'open' },
    range: { lte: now },
  });
  return found.length;
}

function complexityOf(matters: Awaited<ReturnType<typeof mattersOn>>, outcomes: Outcomes): Complexity {
  return {
    matters: matters.length,
    listedSteps: matters.reduce((sum, { steps }) => sum + steps.length, 0),
    materials: matters.reduce((sum, { materials }) => sum + materials.length, 0),
    actsPerCase: outcomes.steps,
    supplementRate: outcomes.supplementRate,
  };
}

function efficiencyOf({ cases, days, onTimeOf, onTimeRate }: Outcomes, before: Outcomes): Efficiency {
  return { cases, medianDays: days, medianDaysBefore: before.days, onTimeOf, onTimeRate };
}

/** Where each figure comes from: the same formulas as in the reports that the addresses open. */
function basisOf({ from, to }: DaySpan, now: string, position: string | null): Diagnostics['basis'] {
  const source = (projection: string, formula: string, query: string): FigureSource => ({
    ...{ projection, formula, position },
    query: `/api/v1${query}${query.includes('?') ? '&' : '?'}asOf=${now}`,
  });
  const scores = source(outcomeModel.model, FORMULAS.outcomes, `/reports/matters?from=${from}&to=${to}`);
  return {
    responsibility: [
      source('workload', FORMULAS.workload, `/reports/workload?from=${from}&to=${to}`),
      source('requests', 'unanswered/1', '/requests?status=open&overdue=true'),
      source('challenges', 'unanswered/1', '/challenges?status=open&overdue=true'),
      source('disputes', 'unanswered/1', '/disputes?status=open'),
    ],
    complexity: [source('matters', FORMULAS.catalogue, '/matters'), scores],
    efficiency: [scores],
  };
}
