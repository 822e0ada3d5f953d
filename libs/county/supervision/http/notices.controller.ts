import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notYours,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { SightOf } from '#libs/county/sight/http';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { boxesOf, mayLookInto, notices, type NoticesQuestion } from '../notices.query.js';

class NoticesParameters extends ListParameters {
  /** Whose: `person:li`, `department:water`, `head:water`, `level:supervision`, `applicant:wang`. Default: one’s own. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^(applicant|department|person|head|level):.+$/)
  to?: string;
}

const Notices = question(({ models }, question: NoticesQuestion) => notices(models, question));

const readNotices = parametersReader(NoticesParameters);

@Controller()
@ApiTags('Supervision 督查')
@ApiBearerAuth()
@Roles()
export class NoticesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('notices')
  @ApiOperation({
    operationId: 'Notices',
    summary:
      '预警与提级通知 Notices to the signed-in person: yellow lamps, overrun steps, escalations, the clock',
  })
  @ApiParameters(NoticesParameters)
  async notices(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { to, ...page } = readNotices(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const box = to ?? boxesOf(actor)[0];
    if (box === undefined || !mayLookInto(sight, box)) throw notYours();
    return this.queries.execute(Notices.of({ to: box, sight, ...pageOf(page) }));
  }
}
