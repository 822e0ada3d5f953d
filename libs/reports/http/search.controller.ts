import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { SightOf } from '#libs/county/sight/http';
import {
  ApiParameters,
  CurrentActor,
  freshness,
  Name,
  OptionalSeveralOf,
  parametersReader,
  question,
  Roles,
  severalIn,
} from '#libs/shell/nest';
import { IsOptional, Matches } from 'class-validator';
import { SEARCH_KINDS, type SearchKind } from '../finding/search.candidates.js';
import { searched, SEARCH_MODELS, type SearchQuestion } from '../finding/search.query.js';

const MOST_SHOWN = 50;

class SearchParameters {
  /** What is looked for: a name or a part of it, its pinyin or the initials of its pinyin, an id, or the beginning or end of a number. */
  @Name()
  q!: string;
  /** Only these kinds, with commas between them. */
  @OptionalSeveralOf(SEARCH_KINDS)
  kind?: string;
  /** Most things of each kind, of which no more than 50 are shown. */
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: 'limit must be a whole number from 1 to 1000' })
  limit?: string;
}

const Search = question(async (sources, asked: SearchQuestion) => ({
  items: await searched(sources, asked),
  asOf: await freshness(sources, SEARCH_MODELS),
}));

const readSearch = parametersReader(SearchParameters);

@Controller('search')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles()
export class SearchController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'Search',
    summary:
      '查找 Applications, projects, applicants, matters and persons by name, pinyin or number, of what the caller may see',
  })
  @ApiParameters(SearchParameters)
  async search(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { q, kind, limit } = readSearch(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const kinds: readonly SearchKind[] = severalIn(SEARCH_KINDS, kind) ?? SEARCH_KINDS;
    return this.queries.execute(
      Search.of({ q, kinds, limit: Math.min(Number(limit ?? MOST_SHOWN), MOST_SHOWN), sight }),
    );
  }
}
