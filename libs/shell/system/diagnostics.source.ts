import {
  type FigureSource,
  type Complexity,
  type Diagnostics,
  type DiagnosticsSource,
  type Efficiency,
  type Responsibility,
} from '#libs/county/bulletin';
import { type DaySpan, spanBefore } from '#libs/law/calendar';
import {
  challenges as challengeModel,
  EVERYWHERE,
  type MatterDocument,
  matters as matterModel,
  mattersInForce,
} from '#libs/law/catalogue';
import { allDocuments, type Model, type ReadModels } from '#libs/engine/event-sourcing';
import { type Outcomes, outcomesTogether, workload } from '#libs/reports';
import { outcomes as outcomeModel, workloadTally } from '#libs/county/approval';
import { requests as requestModel } from '#libs/county/requests';
import { disputes as disputeModel } from '#libs/county/coordination';

const MODELS = [workloadTally, requestModel, challengeModel, disputeModel, matterModel, outcomeModel];

/** What heads a bulletin, from the read models: sums, and the short lists of what nobody has answered. */
export class ReportedDiagnostics implements DiagnosticsSource {
  constructor(private readonly models: ReadModels) {}

  async diagnose(period: DaySpan, now: string): Promise<Diagnostics> {
    const { models } = this;
    // Asked for first: what is folded meanwhile is in the figures all the same, so that none is older than this.
    const asOf = await models.asOf(...MODELS);
    const matters = await mattersInForce(models);
    const outcomesOf = (span: DaySpan) =>
      outcomesTogether(models, { matters: matters.map(({ code }) => code), region: EVERYWHERE, span });
    const [responsibility, outcomes, before] = await Promise.all([
      this.responsibility(period, now),
      outcomesOf(period),
      outcomesOf(spanBefore(period)),
    ]);
    return {
      position: asOf === null ? null : asOf.position.toString(),
      figures: {
        responsibility,
        complexity: complexityOf(matters, outcomes),
        efficiency: efficiencyOf(outcomes, before),
      },
      basis: basisOf(period),
    };
  }

  private async responsibility(span: DaySpan, now: string): Promise<Responsibility> {
    const [items, requests, challenges, disputes] = await Promise.all([
      workload(this.models, { span, now }),
      this.unanswered(requestModel, now),
      this.unanswered(challengeModel, now),
      this.unanswered(disputeModel, now),
    ]);
    const departments = items
      .filter(({ overdue, late }) => overdue + late > 0)
      .map(({ department, overdue, late }) => ({ department, overdue, late }));
    return {
      overdue: departments.reduce((sum, { overdue }) => sum + overdue, 0),
      late: departments.reduce((sum, { late }) => sum + late, 0),
      unanswered: { requests, challenges, disputes },
      departments,
    };
  }

  /** Each register has an index of what is open, in the order of the last instant for an answer. */
  private async unanswered(register: Model, now: string): Promise<number> {
    const found = await allDocuments(this.models, register, {
      index: 'status',
      equals: { status: 'open' },
      range: { lte: now },
    });
    return found.length;
  }
}

function complexityOf(matters: readonly MatterDocument[], outcomes: Outcomes): Complexity {
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

/** The report or list behind each figure. */
function basisOf({ from, to }: DaySpan): Diagnostics['basis'] {
  const scores: FigureSource = {
    projection: outcomeModel.model,
    query: `/api/v1/reports/matters?from=${from}&to=${to}`,
  };
  return {
    responsibility: [
      { projection: 'workload', query: `/api/v1/reports/workload?from=${from}&to=${to}` },
      { projection: 'requests', query: '/api/v1/requests?status=open&overdue=true' },
      { projection: 'challenges', query: '/api/v1/challenges?status=open&overdue=true' },
      { projection: 'disputes', query: '/api/v1/disputes?status=open' },
    ],
    complexity: [{ projection: 'matters', query: '/api/v1/matters' }, scores],
    efficiency: [scores],
  };
}
