import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/county/identity/http';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore, ReadModels, Upcasters } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import { UniqueValues } from '#libs/engine/unique-values';
import { AllowedProjectActs } from './allowed-project-acts.js';
import { applicantNaming, CorrectApplicantHandler } from './applicant.handler.js';
import { preReview, preReviewRequest } from './pre-review.lookups.js';
import { confirmation, matterAddition, matterStrike, questionnaire } from './project-matters.lookups.js';
import { ProjectStores } from './project-stores.js';
import { type CodeCheck } from '../project-code.js';
import { ProjectCodes } from '../project-codes.js';
import { CorrectApplicant, DesignateKeyProject, TagProject } from '../project.commands.js';
import { projectDecider } from '../project.decider.js';
import { PROJECT_CODE_CHECK, PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';
import { PROJECT_UPCASTERS } from '../project.upcasters.js';
import { registration } from './register-project.lookup.js';
import { SubmitStage } from '../stage-submission.commands.js';
import { SubmitStageHandler } from './submit-stage.handler.js';

/** Commands whose rules need facts from elsewhere. */
const LOOKUPS = [
  registration,
  applicantNaming,
  preReviewRequest,
  preReview,
  questionnaire,
  matterAddition,
  matterStrike,
  confirmation,
];

@Module({
  imports: [CatalogueModule, IdentityModule],
  controllers: [
    commandController({
      base: 'projects',
      tag: 'Projects 项目',
      commands: [
        ...LOOKUPS.map(({ command }) => command),
        DesignateKeyProject,
        TagProject,
        SubmitStage,
        CorrectApplicant,
      ],
    }),
  ],
  providers: [
    {
      provide: PROJECT_RUNNER,
      inject: [EVENT_STORE, ReadModels, PROJECT_CODE_CHECK],
      useFactory: (store: EventStore, models: ReadModels, check: CodeCheck): ProjectRunner => {
        const upcasters = new Upcasters(PROJECT_UPCASTERS);
        // Another runner than the one whose turn lasts while a code is taken.
        const projects = new DeciderRunner(store, projectDecider, { upcasters });
        const codes = new ProjectCodes(new UniqueValues(store), projects, models, check);
        return new DeciderRunner(store, projectDecider, {
          upcasters,
          complete: async (events, { meta }) => {
            for (const { type, data } of events)
              if (type === 'ProjectRegistered') await codes.take(data, meta);
            return events;
          },
        });
      },
    },
    ProjectStores,
    AllowedProjectActs,
    ...lookupHandlers({ runner: PROJECT_RUNNER, streamPrefix: PROJECT_STREAM }, ProjectStores, LOOKUPS),
    SubmitStageHandler,
    CorrectApplicantHandler,
    ...plainHandlers({ runner: PROJECT_RUNNER, streamPrefix: PROJECT_STREAM }, [
      DesignateKeyProject,
      TagProject,
    ]),
  ],
  exports: [PROJECT_RUNNER, AllowedProjectActs],
})
export class ProjectModule {}
