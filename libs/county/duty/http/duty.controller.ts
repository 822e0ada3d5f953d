import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { dayOf, instantOf } from '#libs/law/calendar';
import {
  ApiParameters,
  Clock,
  notFound,
  OptionalDay,
  parametersReader,
  Published,
  Roles,
  type ShownToAll,
} from '#libs/shell/nest';
import { type CatalogueEntry, type CataloguePublished } from '../duty.events.js';
import { type DutyAnswer, DutyLookup } from './duty.lookup.js';
import {
  PUBLISHED_CATALOGUE_RUNNER,
  PUBLISHED_CATALOGUE_STREAM,
  type PublishedCatalogueRunner,
} from '../duty.tokens.js';

/** A catalogue as everybody reads it. */
export type PublishedCatalogue = Omit<CataloguePublished['data'], 'entries'> & {
  readonly entries: readonly ShownToAll<CatalogueEntry>[];
};

export class DutyParameters {
  /** Legal day; today when left out. */
  @OptionalDay()
  on?: string;
}

/** Nobody is named: the server would send null as an empty body, which is not JSON. */
const NULL_AS_JSON: unknown = 'null';

const readDuty = parametersReader(DutyParameters);

/** 责任分工 Who is responsible for what, on which day: published, but for the gaps, which are for those who are signed in. */
@Controller()
@ApiTags('Duties 责任分工')
@ApiBearerAuth()
@Roles()
export class DutyController {
  constructor(
    private readonly duties: DutyLookup,
    private readonly clock: Clock,
    @Inject(PUBLISHED_CATALOGUE_RUNNER) private readonly catalogues: PublishedCatalogueRunner,
  ) {}

  @Get('matters/:code/responsible')
  @Published()
  @ApiOperation({
    operationId: 'ResponsibleForMatter',
    summary: '责任人 The post and person responsible for a matter on a day',
  })
  @ApiParameters(DutyParameters, [400, 401, 404, 503])
  async responsible(
    @Param('code') code: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DutyAnswer | null> {
    const day = this.dayOf(query);
    const answer = await this.duties.answer(code, day);
    if (answer !== null) return answer;
    if ((await this.duties.matter(code, day)) === null) throw notFound();
    void reply.type('application/json; charset=utf-8');
    return NULL_AS_JSON as null;
  }

  @Get('duty-gaps')
  @ApiOperation({
    operationId: 'DutyGaps',
    summary: '责任空缺 Matters in force without a responsible person on a day, and why',
  })
  @ApiParameters(DutyParameters, [400, 401, 503])
  async gaps(@Query() query: unknown) {
    const on = this.dayOf(query);
    const { gaps } = await this.duties.survey(on);
    return { on, items: gaps };
  }

  @Get('catalogues/:id')
  @Published()
  @ApiOperation({
    operationId: 'FindCatalogue',
    summary: '已公布目录 A published catalogue as it was published',
  })
  @ApiParameters(null, [401, 404, 503])
  async catalogue(@Param('id') id: string): Promise<PublishedCatalogue> {
    const { state } = await this.catalogues.load(PUBLISHED_CATALOGUE_STREAM + id);
    if (state.at === 'absent') throw notFound();
    return state.published;
  }

  private dayOf(query: unknown): string {
    const { on = dayOf(instantOf(this.clock.now())) } = readDuty(query);
    return on;
  }
}
