import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { defined } from '#libs/engine/event-sourcing';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
  timesBetween,
  OptionalName,
  OptionalSeveralOf,
  severalIn,
  withoutSecrets,
  OptionalDayOrInstant,
} from '#libs/shell/nest';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { EVENT_TYPES } from '../accountability/event-types.js';
import { type AuditItem, eventAtPosition } from '../accountability/audit.item.js';
import { type AuditQuery } from '../accountability/audit.order.js';
import { auditTrailPage } from '../accountability/audit.query.js';
import { type EventTypeWords, eventTypeWords } from '../accountability/event-words.js';

/** A number that outgrows what programs can count exactly: it stays a text. */
const POSITION = /^(?:\d{1,19})$/;

/** Every type of event, by name. */
type EventTypes = { readonly items: readonly EventTypeWords[] };

class AuditParameters extends ListParameters {
  @OptionalName(300)
  stream?: string;
  @OptionalName()
  actor?: string;
  /** Types of events, with commas between them. */
  @OptionalSeveralOf(EVENT_TYPES)
  type?: string;
  /** Correlation id of a request and all that came of it, or the id of one command. */
  @OptionalName()
  correlation?: string;
  /** Events of a project and of its applications. */
  @OptionalName()
  project?: string;
  /** The one event at this position of the log. */
  @IsOptional()
  @Matches(POSITION)
  position?: string;
  /** A text in the name of the stream or in the data. */
  @OptionalName()
  q?: string;
  /** By the time of the events: the latest first, or the earliest. */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';
  /** A legal day, or an instant with a zone; on `occurredAt`. */
  @OptionalDayOrInstant()
  from?: string;
  @OptionalDayOrInstant()
  to?: string;
}

const AuditTrail = question(async ({ models, eventStore }, question: AuditQuery) => {
  const page = await auditTrailPage(models, eventStore, question);
  return { ...page, items: page.items.map(shown) };
});

const OneEvent = question(async ({ eventStore }, position: string): Promise<AuditItem | null> => {
  const found = await eventAtPosition(eventStore, position);
  return found && { ...found, data: withoutSecrets(found.data) };
});

const readAudit = parametersReader(AuditParameters);

@Controller()
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  @Get('audit')
  @ApiOperation({ operationId: 'AuditTrail', summary: '审计 Events of the log, latest first' })
  @ApiParameters(AuditParameters)
  trail(@Query() query: unknown) {
    const { type, from, to, limit, cursor, ...asked } = readAudit(query);
    return this.queries.execute(
      AuditTrail.of({
        ...pageOf(defined({ limit, cursor })),
        ...defined(asked),
        ...defined({ types: severalIn(EVENT_TYPES, type) }),
        ...timesBetween({ from, to }),
      }),
    );
  }

  @Get('events/:position')
  @ApiOperation({ operationId: 'FindEvent', summary: '事件 One event by its position in the log' })
  @ApiParameters(null, [401, 403, 404, 503])
  async event(@Param('position') position: string): Promise<AuditItem> {
    const found = POSITION.test(position) ? await this.queries.execute(OneEvent.of(position)) : null;
    if (found === null) throw notFound();
    return found;
  }

  @Get('event-types')
  @Roles()
  @ApiOperation({
    operationId: 'ListEventTypes',
    summary: '事件类型 Every type of event, what it is called, and the fields of its data',
  })
  @ApiParameters(null)
  types(): EventTypes {
    return { items: EVENT_TYPES.map((type) => eventTypeWords(type)) };
  }
}

const shown = (item: AuditItem): AuditItem => ({ ...item, data: withoutSecrets(item.data) });
