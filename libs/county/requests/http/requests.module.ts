import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/law/calendar';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import { REQUEST_TERMS, type RequestTerms } from '../request-terms.js';
import { AnswerRequest, RaiseRequest, RateRequest } from '../request.commands.js';
import { RequestController } from './request.controller.js';
import { requestDecider } from '../request.decider.js';
import { answer, request, RequestStores } from './request.lookups.js';
import { REQUEST_RUNNER, REQUEST_STREAM } from '../request.tokens.js';

@Module({
  imports: [IdentityModule],
  controllers: [
    commandController({
      base: 'requests',
      tag: 'Requests 诉求',
      commands: [RaiseRequest, AnswerRequest, RateRequest],
    }),
    RequestController,
  ],
  providers: [
    {
      provide: REQUEST_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, REQUEST_TERMS],
      useFactory: (store: EventStore, calendar: WorkingCalendar, terms: RequestTerms) =>
        new DeciderRunner(store, requestDecider({ calendar, terms }), {
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    RequestStores,
    ...lookupHandlers({ runner: REQUEST_RUNNER, streamPrefix: REQUEST_STREAM }, RequestStores, [
      request,
      answer,
    ]),
    ...plainHandlers({ runner: REQUEST_RUNNER, streamPrefix: REQUEST_STREAM }, [RateRequest]),
  ],
  exports: [REQUEST_RUNNER],
})
export class RequestsModule {}
