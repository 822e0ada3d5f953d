import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SIGNAL_SETTINGS, type SignalEvent, type SignalSettings, SIGNALS } from '#libs/county/approval';
import { dayOf, type DaySpan, halfMonthOf } from '#libs/law/calendar';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  ListParameters,
  MOST_COMPARED_DAYS,
  OptionalDay,
  pageOf,
  parametersReader,
  Roles,
  OptionalName,
  AsOf,
  report,
  restingOn,
  spanOf,
  timesBetween,
  OptionalDayOrInstant,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { BoardParameters } from './board.parameters.js';
import { backEntryFigures, signalFigures, stalledFigures } from '../answers/figures.js';
import { BACK_ENTRY_MODELS, backEntryBatches } from '../standstill/back-entry.query.js';
import { countSignals, listSignals, SIGNAL_MODELS, type SignalsQuery } from '../standstill/signal.query.js';
import { STALL_MODELS, stalledProjects, type StalledQuery } from '../standstill/stall.query.js';

class StalledParameters extends BoardParameters {
  @IsOptional()
  @IsIn(['true', 'false'])
  key?: 'true' | 'false';
}

class BackEntriesParameters {
  /** First and last legal day of the entries, 366 days at most; default the half-month that runs. */
  @OptionalDay()
  from?: string;
  @OptionalDay()
  to?: string;
}

const KINDS = Object.keys(SIGNALS) as SignalEvent['type'][];

class SignalsParameters extends ListParameters {
  @IsOptional()
  @IsIn(KINDS)
  signal?: SignalEvent['type'];
  @OptionalName()
  department?: string;
  @OptionalName()
  project?: string;
  /** A legal day, or an instant with a zone; on the time of recording. */
  @OptionalDayOrInstant()
  from?: string;
  @OptionalDayOrInstant()
  to?: string;
}

const Stalled = report(async (sources, question: Omit<StalledQuery, 'now'>) => ({
  ...(await stalledProjects(sources.models, sources.calendar, { ...question, now: sources.now() })),
  ...(await restingOn(sources, STALL_MODELS, stalledFigures(question))),
}));
const BackEntries = report(async (sources, asked: DaySpan | null) => {
  const span = asked ?? halfMonthOf(dayOf(sources.now()));
  return {
    span,
    ...(await backEntryBatches(sources.models, sources.calendar, span)),
    ...(await restingOn(sources, BACK_ENTRY_MODELS, backEntryFigures({ span }))),
  };
});
const Signals = report(async (sources, question: SignalsQuery) => ({
  ...(await listSignals(sources.models, question)),
  /** How many of each kind, page and kind aside; null when there are too many to count. */
  counts: await countSignals(sources.models, question),
  ...(await restingOn(sources, SIGNAL_MODELS, signalFigures())),
}));

const readBackEntries = parametersReader(BackEntriesParameters);
const readSignals = parametersReader(SignalsParameters);
const readStalled = parametersReader(StalledParameters);

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class StandstillController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SIGNAL_SETTINGS) private readonly policy: SignalSettings,
  ) {}

  @Get('stalled')
  @AsOf()
  @ApiOperation({
    operationId: 'Stalled',
    summary: '推进缓慢 Projects that are stalled on the government’s side, and why',
  })
  @ApiParameters(StalledParameters)
  stalled(@Query() query: unknown) {
    const { region, key, ...page } = readStalled(query);
    return this.queries.execute(
      Stalled.of({
        ...pageOf(page),
        workingDays: this.policy.idleWorkingDays,
        ...defined({ region }),
        ...(key === undefined ? {} : { key: key === 'true' }),
      }),
    );
  }

  @Get('back-entries')
  @AsOf()
  @Roles('supervisor', 'leader', 'admin')
  @ApiOperation({
    operationId: 'BackEntries',
    summary: '批量补录 Acts typed in together, outside of working time and long after the fact; no finding',
  })
  @ApiParameters(BackEntriesParameters)
  backEntries(@Query() query: unknown) {
    return this.queries.execute(BackEntries.of(spanOf(readBackEntries(query), MOST_COMPARED_DAYS)));
  }

  @Get('signals')
  @AsOf()
  @Roles('supervisor', 'leader', 'admin')
  @ApiOperation({
    operationId: 'Signals',
    summary:
      '监督线索 Signals for the supervision office, with the events they are based on; a signal is not a finding',
  })
  @ApiParameters(SignalsParameters)
  signals(@Query() query: unknown) {
    const { signal, department, project, from, to, ...page } = readSignals(query);
    return this.queries.execute(
      Signals.of({
        ...pageOf(page),
        ...defined({ signal, department, project }),
        ...timesBetween({ from, to }),
      }),
    );
  }
}
