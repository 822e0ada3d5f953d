import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notYours,
  oversees,
  pageOf,
  parametersReader,
  plainQuery,
  Roles,
} from '#libs/shell/nest';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { boxesOf, notices, type NoticesQuestion } from './notices.query.js';

export class NoticesParameters extends ListParameters {
  /** Whose: `person:li`, `department:water`, `head:water`, `level:supervision`, `applicant:wang`. Default: one’s own. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^(applicant|department|person|head|level):.+$/)
  to?: string;
}

const Notices = plainQuery('Notices', ({ models }, question: NoticesQuestion) => notices(models, question));

export const noticesQueries = [Notices.handler];

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
      '预警与提级通知 Cases of which one was told: yellow lamps, overrun steps, escalations, the clock',
  })
  @ApiParameters(NoticesParameters)
  notices(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { to, ...page } = readNotices(query);
    const own = boxesOf(actor);
    const box = to ?? own[0];
    if (box === undefined || !(own.includes(box) || oversees(actor))) throw notYours();
    return this.queries.execute(Notices.of({ to: box, ...pageOf(page) }));
  }
}
