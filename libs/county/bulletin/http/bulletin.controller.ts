import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantOf } from '#libs/law/calendar';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  Clock,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { type FastifyReply } from 'fastify';
import { PUBLISHERS } from '../bulletin.commands.js';
import { periodOf } from '../bulletin.rules.js';
import {
  BULLETIN_RUNNER,
  BULLETIN_STREAM,
  type BulletinRunner,
  DIAGNOSTICS_SOURCE,
  type DiagnosticsSource,
} from '../bulletin.tokens.js';
import { bulletins } from '../bulletin.projection.js';

const ListBulletins = question(({ models }, page: ReturnType<typeof pageOf>) =>
  models.find(bulletins, { index: 'all', order: 'desc', ...page }),
);

const readPage = parametersReader(ListParameters);

/** 通报 goes out to the whole administration. */
@Controller('bulletins')
@ApiTags('Bulletins 通报')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class BulletinController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    @Inject(BULLETIN_RUNNER) private readonly bulletins: BulletinRunner,
    @Inject(DIAGNOSTICS_SOURCE) private readonly source: DiagnosticsSource,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'ListBulletins', summary: '通报 Bulletins, latest half-month first' })
  @ApiParameters(ListParameters)
  list(@Query() query: unknown) {
    return this.queries.execute(ListBulletins.of(pageOf(readPage(query))));
  }

  /** The same bytes whenever it is asked for; the entity tag is the hash of its content. */
  @Get(':id')
  @ApiOperation({ operationId: 'FindBulletin', summary: '通报 A bulletin as it was published' })
  @ApiParameters(null, [401, 403, 404, 503])
  async bulletin(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { state } = await this.bulletins.load(BULLETIN_STREAM + id);
    if (state.at === 'absent') throw notFound();
    void reply.header('etag', `"${state.bulletin.hash}"`);
    return state.bulletin;
  }

  @Get(':id/diagnostics')
  @Roles(...PUBLISHERS)
  @ApiOperation({
    operationId: 'BulletinDiagnostics',
    summary: '三项诊断 The current figures of a half-month, before they are published',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async diagnostics(@Param('id') id: string) {
    const period = periodOf(id);
    if (period === null) throw notFound();
    return { ...period, ...(await this.source.diagnose(period, instantOf(this.clock.now()))) };
  }
}
