import { Module } from '@nestjs/common';
import { APPLICATION_RUNNER, type ApplicationRunner, policyMeta } from '#libs/county/approval';
import { ApprovalModule } from '#libs/county/approval/http';
import { WorkingCalendar } from '#libs/law/calendar';
import { CHALLENGE_RUNNER, type ChallengeRunner } from '#libs/law/catalogue';
import { CatalogueModule, ChallengePolicy } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore, type Policy, ReadModels } from '#libs/engine/event-sourcing';
import { EVENT_STORE } from '#libs/shell/nest';
import { REQUEST_RUNNER, RequestPolicy, type RequestRunner } from '#libs/county/requests';
import { RequestsModule } from '#libs/county/requests/http';
import { canaryDecider, type CanaryRunner } from '../canary.decider.js';
import { CanaryPolicy } from '../canary.policy.js';
import { NoticesController } from './notices.controller.js';
import { CANARY_RUNNER, POLICIES } from '../supervision.tokens.js';
import { TimersPolicy } from '../timers.policy.js';

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
      ): readonly Policy[] => [
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
