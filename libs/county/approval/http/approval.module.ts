import { DEPARTMENT_RUNNER, departmentOn, type DepartmentRunner } from '#libs/county/identity';
import { IdentityModule } from '#libs/county/identity/http';
import { ProjectApplications } from '#libs/county/project';
import { ProjectModule } from '#libs/county/project/http';
import { type EventStore, ReadModels, Upcasters } from '#libs/engine/event-sourcing';
import { WorkingCalendar } from '#libs/law/calendar';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { commandController, EVENT_STORE, type HttpCommandClass, plainHandlers } from '#libs/shell/nest';
import { Global, Module } from '@nestjs/common';
import { applicationRunner } from '../application/application.runner.js';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { APPROVAL_UPCASTERS } from '../application/application.upcasters.js';
import { ExtendTimeLimit, ResumeClock, SuspendClock } from '../clock/clock.commands.js';
import {
  AnswerConsultation,
  CloseConsultation,
  RequestConsultation,
} from '../consultation/consultation.commands.js';
import {
  ApproveApplication,
  CloseApplication,
  DeliverDecision,
  RefuseApplication,
  WithdrawApplication,
} from '../decision/decision.commands.js';
import { EscalateApplication, SendDownApplication } from '../escalation/escalation.commands.js';
import { ApproveApplicationHandler } from '../handlers/approve-application.handler.js';
import { CorrectImportedCaseHandler } from '../handlers/correct-imported-case.handler.js';
import { ListedMaterialsRunner, MATERIAL_COMMANDS } from '../handlers/listed-materials.handler.js';
import { NeededReview, RefusalRunner } from '../handlers/needed-review.js';
import { SubmittedApplications } from '../handlers/project-applications.js';
import { RATING_COMMANDS, RatingRunner } from '../handlers/rating.handler.js';
import { RECORD_COMMANDS, RecordRunner } from '../handlers/record.handler.js';
import { RequestConsultationHandler } from '../handlers/request-consultation.handler.js';
import { RequestSupplementHandler } from '../handlers/request-supplement.handler.js';
import { SubmitApplicationHandler } from '../handlers/submit-application.handler.js';
import { SuccessionPolicy } from '../handlers/succession.policy.js';
import { TransferApplicationHandler } from '../handlers/transfer-application.handler.js';
import {
  AssignReviewer,
  RecordStep,
  ReturnApplication,
  SendBackApplication,
  TransferApplication,
} from '../handling/handling.commands.js';
import { DecideIssue, ProposeIssueOption, RaiseIssue } from '../handling/issue.commands.js';
import {
  AcceptApplication,
  RefuseAcceptance,
  RequestSupplement,
  SubmitApplication,
  SubmitSupplement,
} from '../intake/intake.commands.js';
import {
  AmendPermit,
  CancelPermit,
  RecallPermit,
  RenewPermit,
  ReportPermitUse,
  RevokePermit,
} from '../permit/permit.commands.js';
import { ApprovalController } from './applications.controller.js';
import { SIGNAL_POLICY, type SignalPolicy } from '../signals/signal-settings.js';
import { CheckCommitment } from '../ways/commitment.commands.js';
import { FulfilDeficiency, LapseDeficiency } from '../ways/deficiency.commands.js';
import { ApproveSpecialHandling, GrantFastTrack } from '../ways/ways.commands.js';

/** Commands whose rules need nothing but the application itself. */
const plain: readonly HttpCommandClass[] = [
  SubmitSupplement,
  AcceptApplication,
  RefuseAcceptance,
  AssignReviewer,
  RecordStep,
  SendBackApplication,
  ReturnApplication,
  WithdrawApplication,
  EscalateApplication,
  DeliverDecision,
  CloseApplication,
  SuspendClock,
  ResumeClock,
  ExtendTimeLimit,
  SendDownApplication,
  ApproveSpecialHandling,
  GrantFastTrack,
  FulfilDeficiency,
  LapseDeficiency,
  CheckCommitment,
  AnswerConsultation,
  CloseConsultation,
  AmendPermit,
  RenewPermit,
  ReportPermitUse,
  RecallPermit,
  RevokePermit,
  CancelPermit,
  RaiseIssue,
  ProposeIssueOption,
  DecideIssue,
];

/** Global, so that projects, which applications know, find what these provide for them. */
@Global()
@Module({
  imports: [CatalogueModule, ProjectModule, IdentityModule],
  controllers: [
    commandController({
      base: 'applications',
      tag: 'Applications 办件',
      commands: [
        SubmitApplication,
        RequestSupplement,
        ...plain,
        ...MATERIAL_COMMANDS,
        ...RECORD_COMMANDS,
        ...RATING_COMMANDS,
        ApproveApplication,
        RefuseApplication,
        TransferApplication,
        RequestConsultation,
      ],
    }),
    ApprovalController,
  ],
  providers: [
    {
      provide: APPLICATION_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SIGNAL_POLICY, DEPARTMENT_RUNNER],
      useFactory: (
        store: EventStore,
        calendar: WorkingCalendar,
        policy: SignalPolicy,
        departments: DepartmentRunner,
      ) =>
        applicationRunner(
          store,
          { calendar, policy },
          {
            departmentOn: (department, day) => departmentOn(departments, department, day),
            upcasters: new Upcasters(APPROVAL_UPCASTERS),
            versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
          },
        ),
    },
    {
      provide: SuccessionPolicy,
      inject: [APPLICATION_RUNNER, ReadModels],
      useFactory: (applications: ApplicationRunner, models: ReadModels) =>
        new SuccessionPolicy({ models, applications }),
    },
    SubmitApplicationHandler,
    CorrectImportedCaseHandler,
    RequestSupplementHandler,
    ApproveApplicationHandler,
    TransferApplicationHandler,
    RequestConsultationHandler,
    { provide: ProjectApplications, useClass: SubmittedApplications },
    ...plainHandlers(APPLICATION_RUNNER, APPLICATION_STREAM, plain),
    NeededReview,
    RefusalRunner,
    ...plainHandlers(RefusalRunner, APPLICATION_STREAM, [RefuseApplication]),
    RecordRunner,
    ...plainHandlers(RecordRunner, APPLICATION_STREAM, RECORD_COMMANDS),
    RatingRunner,
    ...plainHandlers(RatingRunner, APPLICATION_STREAM, RATING_COMMANDS),
    ListedMaterialsRunner,
    ...plainHandlers(ListedMaterialsRunner, APPLICATION_STREAM, MATERIAL_COMMANDS),
  ],
  exports: [APPLICATION_RUNNER, SuccessionPolicy, ProjectApplications],
})
export class ApprovalModule {}
