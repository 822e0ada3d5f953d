import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/law/calendar';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import {
  AbolishMatter,
  ConfirmAbolition,
  ConfirmRevision,
  PublishMatter,
  ReviseMatter,
} from '../catalogue.commands.js';
import { ConfirmTemplateRevision, PublishTemplate, ReviseTemplate } from '../template.commands.js';
import {
  AnswerChallenge,
  ChallengeThreshold,
  ConfirmWithdrawal,
  EscalateChallenge,
  WithdrawCondition,
} from '../challenge.commands.js';
import { ChallengeController } from './challenge.controller.js';
import { challengeDecider } from '../challenge.decider.js';
import { CatalogueStores } from './catalogue-stores.js';
import { answer, challenge, withdrawal, withdrawalConfirmation } from './challenge.lookups.js';
import { CHALLENGE_RUNNER, CHALLENGE_STREAM } from '../challenge.tokens.js';
import { CatalogueController } from './catalogue.controller.js';
import { MATTER_RUNNER, MATTER_STREAM, TEMPLATE_RUNNER, TEMPLATE_STREAM } from '../catalogue.tokens.js';
import { matterDecider } from '../matter.decider.js';
import { templateDecider } from '../template.decider.js';
import { VersionsController } from './versions.controller.js';
import { templateConfirmation, templatePublication, templateRevision } from './template.lookups.js';

const matterCommands = [PublishMatter, ReviseMatter, ConfirmRevision, AbolishMatter, ConfirmAbolition];

@Module({
  imports: [IdentityModule],
  controllers: [
    commandController({ base: 'matters', tag: 'Catalogue 事项目录', commands: matterCommands }),
    commandController({
      base: 'templates',
      tag: 'Catalogue 事项目录',
      commands: [PublishTemplate, ReviseTemplate, ConfirmTemplateRevision],
    }),
    CatalogueController,
    VersionsController,
    commandController({
      base: 'challenges',
      tag: 'Catalogue 事项目录',
      commands: [
        ChallengeThreshold,
        AnswerChallenge,
        WithdrawCondition,
        ConfirmWithdrawal,
        EscalateChallenge,
      ],
    }),
    ChallengeController,
  ],
  providers: [
    {
      provide: MATTER_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, matterDecider),
    },
    {
      provide: TEMPLATE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, templateDecider),
    },
    {
      provide: CHALLENGE_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar],
      useFactory: (store: EventStore, calendar: WorkingCalendar) =>
        new DeciderRunner(store, challengeDecider({ calendar }), {
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    CatalogueStores,
    ...lookupHandlers({ runner: CHALLENGE_RUNNER, streamPrefix: CHALLENGE_STREAM }, CatalogueStores, [
      challenge,
      answer,
      withdrawal,
      withdrawalConfirmation,
    ]),
    ...plainHandlers({ runner: CHALLENGE_RUNNER, streamPrefix: CHALLENGE_STREAM }, [EscalateChallenge]),
    ...plainHandlers({ runner: MATTER_RUNNER, streamPrefix: MATTER_STREAM }, matterCommands),
    ...lookupHandlers({ runner: TEMPLATE_RUNNER, streamPrefix: TEMPLATE_STREAM }, CatalogueStores, [
      templatePublication,
      templateRevision,
      templateConfirmation,
    ]),
  ],
  exports: [MATTER_RUNNER, TEMPLATE_RUNNER, CHALLENGE_RUNNER],
})
export class CatalogueModule {}
