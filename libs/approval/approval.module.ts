import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { CatalogueModule } from '#libs/catalogue';
import { DeciderRunner, type EventStore, Upcasters } from '#libs/event-sourcing';
import { IdentityModule } from '#libs/identity';
import { commandController, EVENT_STORE, type HttpCommandClass, plainHandlers } from '#libs/nest';
import { ProjectModule } from '#libs/project';
import {
  AcceptApplication,
  ApproveApplication,
  AssignReviewer,
  CloseApplication,
  DeliverDecision,
  EscalateApplication,
  RecordStep,
  RefuseAcceptance,
  RefuseApplication,
  RequestSupplement,
  ReturnApplication,
  SendBackApplication,
  SubmitApplication,
  SubmitSupplement,
  TransferApplication,
  WithdrawApplication,
} from './approval.commands.js';
import { ApprovalController, approvalQueries } from './approval.controller.js';
import { applicationDecider } from './approval.decider.js';
import { APPLICATION_RUNNER, APPLICATION_STREAM, LOOKED_UP } from './approval.tokens.js';
import { ApproveApplicationHandler } from './approve-application.handler.js';
import { APPROVAL_UPCASTERS } from './approval.upcasters.js';
import { RequestSupplementHandler } from './request-supplement.handler.js';
import { SIGNAL_POLICY, type SignalPolicy } from './signal.policy.js';
import { SubmitApplicationHandler } from './submit-application.handler.js';
import { TransferApplicationHandler } from './transfer-application.handler.js';

/** Commands whose rules need nothing but the application itself. */
const plain: readonly HttpCommandClass[] = [
  SubmitSupplement,
  AcceptApplication,
  RefuseAcceptance,
  AssignReviewer,
  RecordStep,
  SendBackApplication,
  ReturnApplication,
  RefuseApplication,
  WithdrawApplication,
  EscalateApplication,
  DeliverDecision,
  CloseApplication,
];

@Module({
  imports: [CatalogueModule, ProjectModule, IdentityModule],
  controllers: [
    commandController({
      base: 'applications',
      tag: 'Applications 办件',
      commands: [SubmitApplication, RequestSupplement, ...plain, ApproveApplication, TransferApplication],
    }),
    ApprovalController,
  ],
  providers: [
    {
      provide: APPLICATION_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SIGNAL_POLICY],
      useFactory: (store: EventStore, calendar: WorkingCalendar, policy: SignalPolicy) =>
        new DeciderRunner(store, applicationDecider({ calendar, policy }), {
          lookedUp: LOOKED_UP,
          upcasters: new Upcasters(APPROVAL_UPCASTERS),
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    SubmitApplicationHandler,
    RequestSupplementHandler,
    ApproveApplicationHandler,
    TransferApplicationHandler,
    ...plainHandlers(APPLICATION_RUNNER, APPLICATION_STREAM, plain),
    ...approvalQueries,
  ],
  exports: [APPLICATION_RUNNER],
})
export class ApprovalModule {}
