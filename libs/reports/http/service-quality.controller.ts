import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WORKLOAD_LEVELS, type WorkloadLevel } from '#libs/county/approval';
import { dayOf, type DaySpan, halfMonthOf } from '#libs/law/calendar';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  MOST_COMPARED_DAYS,
  notYours,
  OptionalName,
  pageOf,
  parametersReader,
  Roles,
  spanOf,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { serviceFigureSources } from '../answers/figures.js';
import { SpanParameters } from './span.parameters.js';
import { SERVICE_MODELS, serviceQuality, type ServiceQuery } from '../workload/service-quality.query.js';

class ServiceParameters extends SpanParameters {
  /** Default `department`; a window is a `post`. */
  @IsOptional()
  @IsIn(WORKLOAD_LEVELS)
  by?: WorkloadLevel;
  @OptionalName()
  department?: string;
}

type Question = Omit<ServiceQuery, 'span'> & { readonly span: DaySpan | null };

const ServiceQuality = report(async (sources, question: Question) => {
  const span = question.span ?? halfMonthOf(dayOf(sources.now()));
  return {
    span,
    ...(await serviceQuality(sources.models, { ...question, span })),
    ...(await restingOn(sources, SERVICE_MODELS, serviceFigureSources({ span }))),
  };
});

const readService = parametersReader(ServiceParameters);

/** People are named to those who supervise them: 监察, 领导, and the head of their own department. */
function maySeePeople({ role, department: own }: Actor, department: string | undefined): boolean {
  if (role === 'supervisor' || role === 'leader') return true;
  return role === 'department-head' && own !== null && own === department;
}

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles()
export class ServiceQualityController {
  constructor(private readonly queries: QueryBus) {}

  @Get('service-quality')
  @AsOf()
  @ApiOperation({
    operationId: 'ServiceQuality',
    summary: '好差评 Ratings, first-pass acceptance and supplement rate of departments, windows and people',
  })
  @ApiParameters(ServiceParameters)
  serviceQuality(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { by = 'department', region, from, to, ...given } = readService(query);
    const { department, ...page } = given;
    const seesPeople = maySeePeople(actor, department);
    if (by === 'person' && !seesPeople) throw notYours();
    return this.queries.execute(
      ServiceQuality.of({
        ...pageOf(page),
        by,
        span: spanOf({ from, to }, MOST_COMPARED_DAYS),
        hidesFew: by === 'person' || !seesPeople,
        ...defined({ region, department }),
      }),
    );
  }
}
