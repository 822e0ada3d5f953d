import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/county/identity/http';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore, ReadModels, Upcasters } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/shell/nest';
import { UniqueValues } from '#libs/engine/unique-values';
import { ApplicantCorrection, ApplicantNaming } from './applicant.handler.js';
import { PRE_REVIEW_COMMANDS, PreReviewRunner } from './pre-review.handler.js';
import { type CodeCheck } from '../project-code.js';
import { ProjectCodes } from '../project-codes.js';
import {
  CorrectApplicant,
  DesignateKeyProject,
  NameApplicant,
  RegisterProject,
  TagProject,
} from '../project.commands.js';
import { projectDecider } from '../project.decider.js';
import { PROJECT_CODE_CHECK, PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';
import { PROJECT_UPCASTERS } from '../project.upcasters.js';
import { RegisterProjectHandler } from './register-project.handler.js';
import { SubmitStage } from '../stage-submission.commands.js';
import { SubmitStageHandler } from './submit-stage.handler.js';

@Module({
  imports: [CatalogueModule, IdentityModule],
  controllers: [
    commandController({
      base: 'projects',
      tag: 'Projects 项目',
      commands: [
        RegisterProject,
        DesignateKeyProject,
        TagProject,
        ...PRE_REVIEW_COMMANDS,
        SubmitStage,
        NameApplicant,
        CorrectApplicant,
      ],
      details: (command) =>
        command instanceof RegisterProject ? { applications: command.opening?.applications ?? [] } : {},
    }),
  ],
  providers: [
    {
      provide: PROJECT_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, projectDecider, {
          upcasters: new Upcasters(PROJECT_UPCASTERS),
        }),
    },
    {
      provide: ProjectCodes,
      inject: [EVENT_STORE, PROJECT_RUNNER, ReadModels, PROJECT_CODE_CHECK],
      useFactory: (store: EventStore, projects: ProjectRunner, models: ReadModels, check: CodeCheck) =>
        new ProjectCodes(new UniqueValues(store), projects, models, check),
    },
    RegisterProjectHandler,
    SubmitStageHandler,
    PreReviewRunner,
    ...plainHandlers(PreReviewRunner, PROJECT_STREAM, PRE_REVIEW_COMMANDS),
    ApplicantNaming,
    ...plainHandlers(ApplicantNaming, PROJECT_STREAM, [NameApplicant]),
    ApplicantCorrection,
    ...plainHandlers(ApplicantCorrection, PROJECT_STREAM, [CorrectApplicant]),
    ...plainHandlers(PROJECT_RUNNER, PROJECT_STREAM, [DesignateKeyProject, TagProject]),
  ],
  exports: [PROJECT_RUNNER, ApplicantNaming],
})
export class ProjectModule {}
