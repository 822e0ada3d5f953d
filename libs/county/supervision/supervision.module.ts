import { Module } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  type ApplicationRunner,
  ApprovalModule,
  policyMeta,
} from '#libs/county/approval';
import { WorkingCalendar } from '#libs/law/calendar';
import {
  CatalogueModule,
  CHALLENGE_RUNNER,
  ChallengePolicy,
  type ChallengeRunner,
} from '#libs/law/catalogue';
import { DeciderRunner, type EventStore, ReadModels } from '#libs/engine/event-sourcing';
import { EVENT_STORE } from '#libs/shell/nest';
import { REQUEST_RUNNER, RequestPolicy, type RequestRunner, RequestsModule } from '#libs/county/requests';
import { canaryDecider, type CanaryRunner } from './canary.decider.js';
import { CanaryPolicy } from './canary.policy.js';
import { NoticesController } from './notices.controller.js';
import { CANARY_RUNNER, POLICIES } from './supervision.tokens.js';
import { TimersPolicy } from './timers.policy.js';

@Module({
  imports: [ApprovalModule, CatalogueModule, RequestsModule],
  controllers: [NoticesController],
  providers: [
    {
      provide: CANARY_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar],
      useFactory: (store: EventStore, calendar: WorkingCalendar): CanaryRunner =>
        new DeciderRunner(store, canaryDecider, {
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    {
      provide: POLICIES,
      inject: [ReadModels, APPLICATION_RUNNER, CANARY_RUNNER, CHALLENGE_RUNNER, REQUEST_RUNNER],
      useFactory: (
        models: ReadModels,
        applications: ApplicationRunner,
        canaries: CanaryRunner,
        challenges: ChallengeRunner,
        requests: RequestRunner,
      ) => [
        new CanaryPolicy(models, canaries),
        new TimersPolicy({ models, applications, canaries }),
        new ChallengePolicy({ models, challenges, meta: policyMeta }),
        new RequestPolicy({ models, requests, meta: policyMeta }),
      ],
    },
  ],
  exports: [POLICIES],
})
export class SupervisionModule {}
