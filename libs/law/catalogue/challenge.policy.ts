import { type CommandMeta, type Policy, type ReadModels, type Receipt } from '#libs/engine/event-sourcing';
import { EscalateChallenge } from './challenge.commands.js';
import { CHALLENGE_STREAM, type ChallengeRunner } from './challenge.tokens.js';
import { challenges as challengeModel } from './challenge.projection.js';

const CHALLENGES_A_PAGE = 200;

/** An unanswered challenge whose limit is over. */
export type UnansweredChallenge = {
  readonly subject: string;
  /** ISO instant at which the limit ended. */
  readonly at: string;
  /** The same in every process and at every attempt. */
  readonly id: string;
  readonly challenge: string;
};

export type ChallengePolicyParts = {
  readonly models: Pick<ReadModels, 'find'>;
  readonly challenges: Pick<ChallengeRunner, 'run'>;
  /** Meta of a command that a policy sends for a task, due at an instant, at the time `now`. */
  readonly meta: (id: string, at: string, now: string) => CommandMeta;
};

/**
 * Escalates challenges that were not answered in time to the leaders, once each: an escalated one leaves the index, and the
 * command's id is derived from the challenge.
 */
export class ChallengePolicy implements Policy<UnansweredChallenge> {
  readonly name = 'challenges';

  constructor(private readonly parts: ChallengePolicyParts) {}

  /** What is due at `now` (ISO instant), the longest overdue first. */
  async due(
    now: string,
    cursor: string | null,
  ): Promise<{ readonly tasks: readonly UnansweredChallenge[]; readonly nextCursor: string | null }> {
    const { items, nextCursor } = await this.parts.models.find(challengeModel, {
      index: 'awaited',
      equals: { awaited: true },
      range: { lt: now },
      limit: CHALLENGES_A_PAGE,
      cursor,
    });
    const tasks = items.map(({ id, dueAt }) => ({
      subject: CHALLENGE_STREAM + id,
      at: dueAt,
      id: `challenge/${id}/escalation`,
      challenge: id,
    }));
    return { tasks, nextCursor };
  }

  perform({ subject, at, id, challenge }: UnansweredChallenge, now: string): Promise<Receipt> {
    const command = Object.assign(new EscalateChallenge(), {
      id: challenge,
      meta: this.parts.meta(id, at, now),
    });
    return this.parts.challenges.run(subject, command);
  }
}
