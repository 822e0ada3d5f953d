import { type Actor, defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WorkloadLevel } from '#libs/county/approval';
import { dayOf, type DaySpan } from '#libs/law/calendar';
import { currentDepartments, departments as departmentModel, namesOf } from '#libs/county/identity';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  notYours,
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
  workloadByDepartmentDay,
  type DepartmentDay,
  type WorkloadDay,
  type WorkloadItem,
  type WorkloadQuery,
} from '../workload/workload.query.js';

class WorkloadParameters extends RegionParameters {
  /** `day` needs `department`, `from` and `to`; `department-day`, every department by day, `from` and `to`. */
  @IsOptional()
  @IsIn(['department', 'post', 'person', 'day', 'department-day'])
  by?: WorkloadLevel | 'day' | 'department-day';
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

type ByDepartmentDay = Regional & { readonly department?: string; readonly span: DaySpan };
const departmentDays = new AnswerCache<readonly DepartmentDay[]>();
const WorkloadByDepartmentDay = report(
  async (sources, { rollUp, ...question }: ByDepartmentDay & RolledUp) => {
    const items = await departmentDays.answer(
      sources.models,
      workloadBasis(sources, { rollUp, ...question, by: 'department' }),
      async () =>
        workloadByDepartmentDay(sources.models, {
          ...question,
          ...(rollUp && { successors: await successorsOf(sources) }),
        }),
    );
    const names = await namesOf(sources.models, { departments: items.map(({ department }) => department) });
    return {
      items: items.map((item) => ({ ...item, ...names.department(item.department) })),
      ...(await restingOn(sources, WORKLOAD_MODELS, workloadFigures(question, false))),
    };
  },
);

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
  @Roles(...OVERSEERS, 'department-head')
  workload(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { by = 'department', region, from, to, ...given } = readWorkload(query);
    const department = departmentAsked(actor, given.department);
    const rollUp = given.rollUp === 'true';
    const span = spanOf({ from, to });
    const where = defined({ region });
    if (by === 'department-day') {
      if (span === null) throw invalid('from', 'is required by day, and to', '按日统计须指定起止日');
      return this.queries.execute(
        WorkloadByDepartmentDay.of({ span, rollUp, ...where, ...defined({ department }) }),
      );
    }
    if (by === 'day') {
      if (department === undefined) throw invalid('department', 'is required by day', '按日统计须指定部门');
      if (span === null) throw invalid('from', 'is required by day, and to', '按日统计须指定起止日');
      return this.queries.execute(WorkloadByDay.of({ department, span, rollUp, ...where }));
    }
    return this.queries.execute(Workload.of({ by, span, rollUp, ...where, ...defined({ department }) }));
  }
}

/** A head is shown the figures of their own department, and no other: which, if none is named. */
function departmentAsked({ role, department: own }: Actor, asked: string | undefined): string | undefined {
  if (role !== 'department-head') return asked;
  if (own === null || (asked !== undefined && asked !== own)) throw notYours();
  return own;
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
