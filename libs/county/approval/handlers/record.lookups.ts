import { eventAt, type JsonObject } from '#libs/engine/event-sourcing';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { RateService } from '../record/rating.commands.js';
import { CorrectRecord } from '../record/record.commands.js';
import { type ApprovalStores } from './approval-stores.js';

/** The event that is corrected. */
export const correction = lookup(CorrectRecord, async ({ id, revision }, { events }: ApprovalStores) => {
  const event = await eventAt(events, APPLICATION_STREAM + id, BigInt(revision));
  return { original: event && { type: event.type, data: event.data as JsonObject } };
});

/** The act that is rated, and who did it. */
export const rating = lookup(RateService, async ({ id, revision }, { events }: ApprovalStores) => {
  const act = await eventAt(events, APPLICATION_STREAM + id, BigInt(revision));
  return { original: act && { type: act.type, actor: act.metadata.actor } };
});
