import {
  systemActor,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { type DisputeEffects, metaOf } from './dispute-effects.js';
import { type DisputeEffect, type DisputeEffectLapsed } from './dispute.events.js';
import { type DisputeDocument, disputes as disputeModel } from './dispute.projection.js';
import { DISPUTE_STREAM, type DisputeRunner } from './dispute.tokens.js';

/** An effect of a dispute that is still to be seen, or to be noted as lapsed. */
export type EffectWork = DueWork & { readonly dispute: DisputeDocument } & (
    | { readonly effect: DisputeEffect; readonly lapsed: false }
    | { readonly effect: DisputeEffectLapsed['data']['effect']; readonly lapsed: true }
  );

export interface DisputePolicyParts {
  readonly models: Pick<ReadModels, 'find'>;
  readonly effects: DisputeEffects;
  readonly disputes: Pick<DisputeRunner, 'run'>;
}

const DISPUTES_A_PAGE = 200;
/** The request that raises a dispute or rules on it applies the effects itself: it gets this much time first. */
const GRACE_MS = 60_000;
const FOLLOW_UP = systemActor('dispute-follow-up');

/**
 * Does what a process left undone that died between a dispute and its effects. The list of disputes says what is
 * missing; commands have the ids that the process itself would have sent, so that nothing is done twice.
 */
export class DisputePolicy implements Policy<EffectWork> {
  readonly name = 'dispute-effects';

  constructor(private readonly parts: DisputePolicyParts) {}

  async due(now: string, cursor: string | null): Promise<DuePage<EffectWork>> {
    const { models, effects } = this.parts;
    const { items, nextCursor } = await models.find(disputeModel, {
      index: 'pending',
      range: { lt: shifted(now, -GRACE_MS) },
      limit: DISPUTES_A_PAGE,
      cursor,
    });
    const tasks: EffectWork[] = [];
    for (const dispute of items) {
      for (const effect of dispute.pending) {
        const possible = await effects.possible(dispute.application, effect);
        if (possible === 'later') continue;
        const subject = DISPUTE_STREAM + dispute.id;
        const at = shifted(dispute.pendingSince ?? now, GRACE_MS);
        const id = `dispute/${dispute.id}/${effect}`;
        if (possible === 'now') tasks.push({ subject, at, id, dispute, effect, lapsed: false });
        else if (effect !== 'noted')
          tasks.push({ subject, at, id: `${id}/lapsed`, dispute, effect, lapsed: true });
      }
    }
    return { tasks, nextCursor };
  }

  perform(work: EffectWork, now: string): Promise<Receipt> {
    const { effects, disputes } = this.parts;
    const { dispute: document, effect } = work;
    const {
      id: dispute,
      application,
      project,
      matter,
      departments,
      raisedBy,
      reason,
      rulingDueAt,
    } = document;
    const cause = { actor: FOLLOW_UP, occurredAt: now, now, id: dispute };
    if (work.lapsed) {
      const meta = metaOf(dispute, `${effect}/lapsed`, cause);
      return disputes.run(DISPUTE_STREAM + dispute, {
        type: 'LapseDisputeEffect',
        id: dispute,
        effect: work.effect,
        meta,
      });
    }
    if (effect === 'held') {
      return effects.held(
        { dispute, application, project, matter, departments, raisedBy, reason, rulingDueAt },
        cause,
      );
    }
    if (document.ruling === null) throw new Error(`${dispute} has an effect to bring about and no ruling`);
    const { department, reason: ground, article, catalogueNote } = document.ruling;
    if (effect === 'noted') {
      return effects.noteRuling({ dispute, application, matter, department, article, catalogueNote }, cause);
    }
    return effects.assigned({ dispute, application, department, reason: ground }, cause);
  }
}

function shifted(instant: string, byMs: number): string {
  return new Date(Date.parse(instant) + byMs).toISOString();
}
