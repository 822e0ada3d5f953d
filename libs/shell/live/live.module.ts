import { Module } from '@nestjs/common';
import { type EventStore, PersonalData, ReadModels } from '#libs/engine/event-sourcing';
import { IdentityModule, Sessions } from '#libs/county/identity/http';
import { Authenticator, Clock, EVENT_STORE, LOGGER } from '#libs/shell/nest';
import { type Logger } from 'pino';
import { LiveChanges } from './live-changes.js';
import { LiveFeed, ShownEvents } from './live-feed.js';
import { LiveStreams, type StreamLimits } from './live-streams.js';
import { StreamController } from './stream.controller.js';

/** Bounds of the streams, from the environment. */
export const STREAM_LIMITS = Symbol('StreamLimits');

@Module({
  imports: [IdentityModule],
  controllers: [StreamController],
  providers: [
    {
      provide: LiveChanges,
      inject: [ReadModels, PersonalData, Clock],
      useFactory: (models: ReadModels, personal: PersonalData, clock: Clock) =>
        new LiveChanges({ models, personal, now: () => new Date(clock.now()).toISOString() }),
    },
    {
      provide: LiveStreams,
      inject: [EVENT_STORE, ShownEvents, LiveChanges, Authenticator, Sessions, STREAM_LIMITS, LOGGER],
      useFactory: (
        store: EventStore,
        shown: ShownEvents,
        changes: LiveChanges,
        authenticator: Authenticator,
        sessions: Sessions,
        limits: StreamLimits,
        log: Logger,
      ) => {
        const onFault = (err: unknown) => log.error({ err }, 'a stream of changes failed');
        const feed = new LiveFeed({ store, shown, onFault });
        const streams = new LiveStreams({ feed, changes, authenticator, limits, onFault });
        sessions.onEnd(() => streams.recheck());
        return streams;
      },
    },
  ],
})
export class LiveModule {}
