import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { metaOfPart, type Receipt } from '#libs/engine/event-sourcing';
import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { MATTER_RUNNER, MATTER_STREAM, type MatterRunner } from '../catalogue.tokens.js';
import { ReviseMatter } from '../catalogue.commands.js';
import { AnswerChallenge, ChallengeThreshold, WithdrawCondition } from '../challenge.commands.js';
import { type ChallengeState, type KnownChallenge, mustBeOpenFor } from '../challenge.decider.js';
import { hasCondition, withoutCondition } from '../challenge.rules.js';
import { CHALLENGE_RUNNER, CHALLENGE_STREAM, type ChallengeRunner } from '../challenge.tokens.js';

@CommandHandler(ChallengeThreshold)
export class ChallengeThresholdHandler implements ICommandHandler<ChallengeThreshold> {
  constructor(
    @Inject(CHALLENGE_RUNNER) private readonly challenges: ChallengeRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: ChallengeThreshold): Promise<Receipt> {
    const { state } = await this.matters.load(MATTER_STREAM + command.matter);
    command.target =
      state.at === 'absent'
        ? null
        : {
            at: state.at,
            version: state.version,
            department: await competentOn(this.departments, state.matter.department, dayOf(command.meta.now)),
            hasCondition: hasCondition(state.matter, command.condition),
          };
    return this.challenges.run(CHALLENGE_STREAM + command.id, command);
  }
}

/** The department that has to answer a challenge on a day: after a reform, the successor. */
async function competentFor(departments: DepartmentRunner, state: ChallengeState, now: string) {
  return state.at === 'absent' ? null : competentOn(departments, state.department, dayOf(now));
}

@CommandHandler(AnswerChallenge)
export class AnswerChallengeHandler implements ICommandHandler<AnswerChallenge> {
  constructor(
    @Inject(CHALLENGE_RUNNER) private readonly challenges: ChallengeRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: AnswerChallenge): Promise<Receipt> {
    const stream = CHALLENGE_STREAM + command.id;
    const { state } = await this.challenges.load(stream);
    command.competent = await competentFor(this.departments, state, command.meta.now);
    return this.challenges.run(stream, command);
  }
}

@CommandHandler(WithdrawCondition)
export class WithdrawConditionHandler implements ICommandHandler<WithdrawCondition> {
  constructor(
    @Inject(CHALLENGE_RUNNER) private readonly challenges: ChallengeRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  /**
   * First a version of the matter without the condition, then the end of the challenge: after a crash between the two,
   * the same command finds the version made and goes on.
   */
  async execute(command: WithdrawCondition): Promise<Receipt> {
    const stream = CHALLENGE_STREAM + command.id;
    const { state, revision } = await this.challenges.load(stream);
    command.competent = await competentFor(this.departments, state, command.meta.now);
    command.matterVersion = null;
    const { expectedRevision } = command.meta;
    if (state.at === 'open' && (expectedRevision === null || expectedRevision === revision)) {
      command.matterVersion = await this.revise(mustBeOpenFor(state, command), command);
    }
    return this.challenges.run(stream, command);
  }

  private async revise({ matter: code, condition }: KnownChallenge, command: WithdrawCondition) {
    const stream = MATTER_STREAM + code;
    const { state } = await this.matters.load(stream);
    const leaner = state.at === 'in-force' ? withoutCondition(state.matter, condition) : null;
    if (leaner === null) return null;
    const { code: id, ...body } = leaner;
    const revision: ReviseMatter = Object.assign(new ReviseMatter(), {
      ...body,
      id,
      reason: command.reason,
      meta: metaOfPart(command.meta, `${command.meta.commandId}/revision`),
    });
    await this.matters.run(stream, revision);
    const { state: revised } = await this.matters.load(stream);
    return revised.at === 'absent' ? null : revised.version;
  }
}
