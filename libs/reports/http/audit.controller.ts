import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { defined } from '#libs/engine/event-sourcing';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  ListParameters,
  pageOf,
  parametersReader,
  question,
  Roles,
  timesBetween,
  OptionalName,
  withoutSecrets,
} from '#libs/shell/nest';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { EVENT_TYPES } from '../accountability/event-types.js';
import { type AuditItem, auditTrailPage, type AuditQuery } from '../accountability/audit.query.js';

class AuditParameters extends ListParameters {
  @OptionalName(300)
  stream?: string;
  @OptionalName()
  actor?: string;
  @IsOptional()
  @IsIn(EVENT_TYPES)
  type?: string;
  /** A legal day, or an instant with a zone; on `occurredAt`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

const AuditTrail = question(async ({ models, eventStore }, question: AuditQuery) => {
  const page = await auditTrailPage(models, eventStore, question);
  return { ...page, items: page.items.map(shown) };
});

const readAudit = parametersReader(AuditParameters);

@Controller('audit')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'AuditTrail', summary: '审计 Events of the log, latest first' })
  @ApiParameters(AuditParameters)
  trail(@Query() query: unknown) {
    const { stream, actor, type, from, to, ...page } = readAudit(query);
    return this.queries.execute(
      AuditTrail.of({ ...pageOf(page), ...defined({ stream, actor, type }), ...timesBetween({ from, to }) }),
    );
  }
}

const shown = (item: AuditItem): AuditItem => ({ ...item, data: withoutSecrets(item.data) });
