import { type Actor, type ReadModels } from '#libs/event-sourcing';
import { type DisputeEffects } from './dispute-effects.js';
import { type DisputeDocument } from './dispute.projection.js';

export interface DisputeFollowUpParts {
  readonly models: ReadModels;
  readonly effects: DisputeEffects;
  /** ISO instant. */
  readonly now: () => string;
  /** Told of a dispute that could not be put into effect; the others are all the same. */
  readonly onFault: (dispute: string, error: unknown) => void;
}

const AT_ONCE = 200;
const FOLLOW_UP: Actor = { person: 'dispute-follow-up', post: null, department: null, role: 'system' };

/**
 * Does what a process left undone that died between a dispute and its application. It remembers nothing: the list of
 * disputes says what is missing, and what was done meanwhile is not done again.
 */
export class DisputeFollowUp {
  constructor(private readonly parts: DisputeFollowUpParts) {}

  async sweep(signal?: AbortSignal): Promise<void> {
    for (const pending of ['held', 'assigned'] as const) {
      let cursor: string | null = null;
      do {
        const page: { items: readonly DisputeDocument[]; nextCursor: string | null } =
          await this.parts.models.find<DisputeDocument>('disputes', {
            index: 'pending',
            equals: { pending },
            limit: AT_ONCE,
            cursor,
          });
        for (const dispute of page.items) {
          if (signal?.aborted) return;
          try {
            await this.effect(dispute);
          } catch (error) {
            this.parts.onFault(dispute.id, error);
          }
        }
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  }

  private async effect(document: DisputeDocument): Promise<void> {
    const now = this.parts.now();
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
    if (document.ruling !== null) {
      const { department, reason: ground } = document.ruling;
      await this.parts.effects.assigned({ dispute, application, department, reason: ground }, cause);
      return;
    }
    const raised = { dispute, application, project, matter, departments, raisedBy, reason, rulingDueAt };
    await this.parts.effects.held(raised, cause);
  }
}
