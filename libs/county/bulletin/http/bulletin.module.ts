import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, lookupHandlers } from '#libs/shell/nest';
import { PublishBulletin } from '../bulletin.commands.js';
import { BulletinController } from './bulletin.controller.js';
import { bulletinDecider } from '../bulletin.decider.js';
import { bulletin, BulletinStores } from './bulletin.lookup.js';
import { BULLETIN_RUNNER, BULLETIN_STREAM } from '../bulletin.tokens.js';

@Module({
  controllers: [
    commandController({ base: 'bulletins', tag: 'Bulletins 通报', commands: [PublishBulletin] }),
    BulletinController,
  ],
  providers: [
    {
      provide: BULLETIN_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, bulletinDecider),
    },
    BulletinStores,
    ...lookupHandlers({ runner: BULLETIN_RUNNER, streamPrefix: BULLETIN_STREAM }, BulletinStores, [bulletin]),
  ],
})
export class BulletinModule {}
