import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiParameters,
  ListParameters,
  OptionalDay,
  OptionalName,
  pageOf,
  parametersReader,
  Published,
  question,
  spanWithin,
} from '#libs/shell/nest';
import { publicPermits, type PublicPermitsQuestion } from '../read-models/public-permits.query.js';

class PublicPermitsParameters extends ListParameters {
  /** Code of the matter. */
  @OptionalName()
  matter?: string;
  @OptionalName()
  department?: string;
  /** 统一社会信用代码 of the organisation that holds the permit. */
  @OptionalName()
  holder?: string;
  /** First legal day of the decisions. */
  @OptionalDay()
  from?: string;
  /** Last legal day of the decisions. */
  @OptionalDay()
  to?: string;
}

const ListPublicPermits = question((sources, asked: PublicPermitsQuestion) => publicPermits(sources, asked));
const readPermits = parametersReader(PublicPermitsParameters);

/** More than the years that are taken at the door have: the span is bounded by its order only. */
const ANY_SPAN = 200_000;

/** 行政许可决定公开: the public may look at decisions to grant (行政许可法 Art. 40). */
@Controller('permits')
@ApiTags('Catalogue 事项目录')
@ApiBearerAuth()
@Published()
export class PublicPermitsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'ListPublicPermits',
    summary: '准予许可决定公开 Decisions to grant a licence, the latest first, with how each stands today',
  })
  @ApiParameters(PublicPermitsParameters)
  list(@Query() query: unknown) {
    const { from, to, matter, department, holder, ...page } = readPermits(query);
    if (from !== undefined && to !== undefined) spanWithin(from, to, ANY_SPAN);
    return this.queries.execute(
      ListPublicPermits.of({ matter, department, holder, from, to, ...pageOf(page) }),
    );
  }
}
