import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WorkloadLevel } from '#libs/county/approval';
import { dayOf, type DaySpan } from '#libs/law/calendar';
import { currentDepartments, departments as departmentModel } from '#libs/county/identity';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  invalid,
  OptionalDay,
  OptionalName,
  parametersReader,
  type QuerySources,
  Roles,
  spanOf,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { AnswerCache, type AnswerBasis } from '../answers/answer-cache.js';
import { RegionParameters } from './board.parameters.js';
import { workloadFigures } from '../answers/figures.js';
import {
  workload,
  WORKLOAD_MODELS,
  workloadByDay,
  type WorkloadDay,
  type WorkloadItem,
  type WorkloadQuery,
} from '../workload/workload.query.js';

class WorkloadParameters extends RegionParameters {
  /** `day` needs `department`, `from` and `to`. */
  @IsOptional()
  @IsIn(['department', 'post', 'person', 'day'])
  by?: WorkloadLevel | 'day';
  @OptionalName()
  department?: string;
  /** First and last legal day, ten years at most. */
  @OptionalDay()
  from?: string;
  @OptionalDay()
  to?: string;
  /** `true`: what departments did that were succeeded since counts as their successor's (部门沿革). */
  @IsOptional()
  @IsIn(['true', 'false'])
  rollUp?: 'true' | 'false';
}

type Regional = { readonly region?: string };
type ByDay = Regional & { readonly department: string; readonly span: DaySpan };
type RolledUp = { readonly rollUp: boolean };

type WorkloadQuestion = Omit<WorkloadQuery, 'now' | 'successors'> & RolledUp;

const workloadLines = new AnswerCache<readonly WorkloadItem[]>();
const workloadDays = new AnswerCache<readonly WorkloadDay[]>();

const Workload = report(async (sources, { rollUp, ...question }: WorkloadQuestion) => ({
  items: await workloadLines.answer(
    sources.models,
    workloadBasis(sources, { rollUp, ...question }),
    async () =>
      workload(sources.models, {
        ...question,
        ...(rollUp && { successors: await successorsOf(sources) }),
        now: sources.now(),
      }),
  ),
  ...(await restingOn(sources, WORKLOAD_MODELS, workloadFigures(question, true))),
}));
const WorkloadByDay = report(async (sources, { rollUp, ...question }: ByDay & RolledUp) => ({
  items: await workloadDays.answer(
    sources.models,
    workloadBasis(sources, { rollUp, ...question }),
    async () =>
      workloadByDay(sources.models, {
        ...question,
        ...(rollUp && { successors: await successorsOf(sources) }),
      }),
  ),
  ...(await restingOn(sources, WORKLOAD_MODELS, workloadFigures(question, false))),
}));

const readWorkload = parametersReader(WorkloadParameters);

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class WorkloadController {
  constructor(private readonly queries: QueryBus) {}

  @Get('workload')
  @AsOf()
  @ApiOperation({
    operationId: 'Workload',
    summary:
      '工作量 What departments, posts and people have done and have in hand, or one department’s figures by day',
  })
  @ApiParameters(WorkloadParameters)
  workload(@Query() query: unknown) {
    const { by = 'department', department, region, from, to, ...given } = readWorkload(query);
    const rollUp = given.rollUp === 'true';
    const span = spanOf({ from, to });
    const where = defined({ region });
    if (by === 'day') {
      if (department === undefined) throw invalid('department', 'is required by day', '按日统计须指定部门');
      if (span === null) throw invalid('from', 'is required by day, and to', '按日统计须指定起止日');
      return this.queries.execute(WorkloadByDay.of({ department, span, rollUp, ...where }));
    }
    return this.queries.execute(Workload.of({ by, span, rollUp, ...where, ...defined({ department }) }));
  }
}

function successorsOf({ models, now }: QuerySources): Promise<ReadonlyMap<string, string>> {
  return currentDepartments(models, dayOf(now()));
}

/** Lamps and the lineage of departments are read at a day. */
function workloadBasis(
  { now }: QuerySources,
  question: Omit<WorkloadQuery, 'now' | 'successors'> & RolledUp,
): AnswerBasis {
  const { by, department, region, span, rollUp } = question;
  return {
    question: JSON.stringify([dayOf(now()), by, department, region, span?.from, span?.to, rollUp]),
    models: rollUp ? [...WORKLOAD_MODELS, departmentModel] : WORKLOAD_MODELS,
  };
}
