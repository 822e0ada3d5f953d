import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/event-sourcing';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/nest';
import {
  AbolishMatter,
  PublishMatter,
  PublishTemplate,
  ReviseMatter,
  ReviseTemplate,
} from './catalogue.commands.js';
import { CatalogueController, catalogueQueries } from './catalogue.controller.js';
import { MATTER_RUNNER, MATTER_STREAM, TEMPLATE_RUNNER } from './catalogue.tokens.js';
import { matterDecider } from './matter.decider.js';
import { templateDecider } from './template.decider.js';
import { VersionsController, versionQueries } from './versions.controller.js';
import { PublishTemplateHandler, ReviseTemplateHandler, Templates } from './template.handler.js';

const matterCommands = [PublishMatter, ReviseMatter, AbolishMatter];

@Module({
  controllers: [
    commandController({ base: 'matters', tag: 'Catalogue 事项目录', commands: matterCommands }),
    commandController({
      base: 'templates',
      tag: 'Catalogue 事项目录',
      commands: [PublishTemplate, ReviseTemplate],
    }),
    CatalogueController,
    VersionsController,
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
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, templateDecider, { lookedUp: ['standing'] }),
    },
    ...plainHandlers(MATTER_RUNNER, MATTER_STREAM, matterCommands),
    Templates,
    PublishTemplateHandler,
    ReviseTemplateHandler,
    ...catalogueQueries,
    ...versionQueries,
  ],
  exports: [MATTER_RUNNER, TEMPLATE_RUNNER],
})
export class CatalogueModule {}
