import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IMPROVERS } from '#libs/county/improvement/http';
import { ApiParameters, notFound, parametersReader, Roles, AsOf, report, restingOn } from '#libs/shell/nest';
import { IsOptional, Matches } from 'class-validator';
import { EFFECT_MODELS, effectPanel } from '../workload/effect.query.js';
import { effectFigures } from '../answers/figures.js';

class EffectParameters {
  /** Legal days of each window at most, up to 183; default as many as are over. */
  @IsOptional()
  @Matches(/^([1-9]\d?|1[0-7]\d|18[0-3])$/, { message: 'days must be a whole number from 1 to 183' })
  days?: string;
}

type Question = { readonly id: string; readonly daysAtMost: number | null };

const Effect = report(async (sources, question: Question) => {
  const found = await effectPanel(sources.models, { ...question, now: sources.now() });
  return found && { ...found, ...(await restingOn(sources, EFFECT_MODELS, effectFigures())) };
});

const readEffect = parametersReader(EffectParameters);

@Controller('improvements')
@ApiTags('Improvements 改进')
@ApiBearerAuth()
@Roles(...IMPROVERS)
export class EffectController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/effect')
  @AsOf()
  @ApiOperation({
    operationId: 'ImprovementEffect',
    summary: '改进成效 The effect of an improvement, over equal periods before and after its first day',
  })
  @ApiParameters(EffectParameters, [400, 401, 403, 404, 503])
  async effect(@Param('id') id: string, @Query() query: unknown) {
    const { days } = readEffect(query);
    const found = await this.queries.execute(
      Effect.of({ id, daysAtMost: days === undefined ? null : Number(days) }),
    );
    if (found === null) throw notFound();
    return found;
  }
}
