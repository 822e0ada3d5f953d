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
import { CLOCK_COMMANDS } from '../clock/clock.commands.js';
import { RequestConsultation, CONSULTATION_COMMANDS } from '../consultation/consultation.commands.js';
import { ApproveApplication, RefuseApplication, DECISION_COMMANDS } from '../decision/decision.commands.js';
import { ESCALATION_COMMANDS } from '../escalation/escalation.commands.js';
import { ApproveApplicationHandler } from '../handlers/approve-application.handler.js';
import { CorrectImportedCaseHandler } from '../handlers/correct-imported-case.handler.js';
import { ListedMaterialsRunner, MATERIAL_COMMANDS } from '../handlers/listed-materials.handler.js';
import { NeededReview, RefusalRunner } from '../handlers/needed-review.js';
import { SubmittedApplications } from '../handlers/project-applications.js';
import { RATING_COMMANDS, RatingRunner } from '../handlers/rating.handler.js';
import { RecordRunner } from '../handlers/record.handler.js';
import { RECORD_COMMANDS } from '../record/record.commands.js';
import { RequestConsultationHandler } from '../handlers/request-consultation.handler.js';
import { RequestSupplementHandler } from '../handlers/request-supplement.handler.js';
import { SubmitApplicationHandler } from '../handlers/submit-application.handler.js';
import { SuccessionPolicy } from '../handlers/succession.policy.js';
import { TransferApplicationHandler } from '../handlers/transfer-application.handler.js';
import { TransferApplication, HANDLING_COMMANDS } from '../handling/handling.commands.js';
import { ISSUE_COMMANDS } from '../handling/issue.commands.js';
import { RequestSupplement, SubmitApplication, INTAKE_COMMANDS } from '../intake/intake.commands.js';
import { PERMIT_COMMANDS } from '../permit/permit.commands.js';
import { ApprovalController } from './applications.controller.js';
import { SIGNAL_POLICY, type SignalPolicy } from '../signals/signal-settings.js';
import { COMMITMENT_COMMANDS } from '../ways/commitment.commands.js';
import { DEFICIENCY_COMMANDS } from '../ways/deficiency.commands.js';
import { WAY_COMMANDS } from '../ways/ways.commands.js';

/** What people do in an application; each chapter lists its own. */
const COMMANDS: readonly HttpCommandClass[] = [
  ...INTAKE_COMMANDS,
  ...HANDLING_COMMANDS,
  ...ISSUE_COMMANDS,
  ...DECISION_COMMANDS,
  ...CLOCK_COMMANDS,
  ...ESCALATION_COMMANDS,
  ...CONSULTATION_COMMANDS,
  ...PERMIT_COMMANDS,
  ...RECORD_COMMANDS,
  ...RATING_COMMANDS,
  ...WAY_COMMANDS,
  ...DEFICIENCY_COMMANDS,
  ...COMMITMENT_COMMANDS,
];

/** Those for which something is looked up; the rules of all others need nothing but the application itself. */
const LOOKED_UP: readonly HttpCommandClass[] = [
  SubmitApplication,
  RequestSupplement,
  ApproveApplication,
  RefuseApplication,
  TransferApplication,
  RequestConsultation,
  ...MATERIAL_COMMANDS,
  ...RECORD_COMMANDS,
  ...RATING_COMMANDS,
];
const PLAIN = COMMANDS.filter((command) => !LOOKED_UP.includes(command));

/** Global, so that projects, which applications know, find what these provide for them. */
@Global()
@Module({
  imports: [CatalogueModule, ProjectModule, IdentityModule],
  controllers: [
    commandController({
      base: 'applications',
      tag: 'Applications 办件',
      commands: COMMANDS,
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
    ...plainHandlers(APPLICATION_RUNNER, APPLICATION_STREAM, PLAIN),
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
