import { matterOfApplication } from '#libs/county/project';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { APPLICATION_RUNNER, APPLICATION_STREAM, type ApplicationRunner } from '#libs/county/approval';
import { MATTER_RUNNER, type MatterRunner } from '#libs/law/catalogue';
import { type CommandMeta, type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { type Cause, DisputeEffects, metaOf } from '../dispute-effects.js';
import { RaiseJurisdictionDispute, RuleJurisdiction, type Standing } from '../dispute.commands.js';
import { DISPUTE_RUNNER, DISPUTE_STREAM, type DisputeRunner } from '../dispute.tokens.js';

const causeOf = ({ actor, occurredAt, now, commandId }: CommandMeta): Cause => ({
  actor,
  occurredAt,
  now,
  id: commandId,
});

@CommandHandler(RaiseJurisdictionDispute)
export class RaiseJurisdictionDisputeHandler implements ICommandHandler<RaiseJurisdictionDispute> {
  private readonly effects: DisputeEffects;

  constructor(
    @Inject(DISPUTE_RUNNER) private readonly disputes: DisputeRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(MATTER_RUNNER) matters: MatterRunner,
  ) {
    this.effects = new DisputeEffects(applications, matters);
  }

  /** Records the dispute, then lays the application between the departments; the follow-up does it if this process dies. */
  async execute(command: RaiseJurisdictionDispute): Promise<Receipt> {
    const standing = await this.standing(command);
    const day = dayOf(command.meta.now);
    const unknown = await departmentsNotStanding(this.departments, command.departments, day);
    const receipt = await this.disputes.run(DISPUTE_STREAM + command.id, command, { standing, unknown });
    const { state } = await this.disputes.load(DISPUTE_STREAM + command.id);
    if (state.at !== 'open') return receipt;
    const held = await this.effects.held(state.raised, causeOf(command.meta));
    return { ...receipt, position: held.position > receipt.position ? held.position : receipt.position };
  }

  private async standing({ application }: RaiseJurisdictionDispute): Promise<Standing | null> {
    const { state } = await this.applications.load(APPLICATION_STREAM + application);
    if (state.at === 'absent') return null;
    const { at: stage, project, department, holder, dispute = null } = state;
    const matter = matterOfApplication(application) ?? '';
    return { project, matter, department, holder, stage, dispute };
  }
}

@CommandHandler(RuleJurisdiction)
export class RuleJurisdictionHandler implements ICommandHandler<RuleJurisdiction> {
  private readonly effects: DisputeEffects;

  constructor(
    @Inject(DISPUTE_RUNNER) private readonly disputes: DisputeRunner,
    @Inject(APPLICATION_RUNNER) applications: ApplicationRunner,
    @Inject(MATTER_RUNNER) matters: MatterRunner,
  ) {
    this.effects = new DisputeEffects(applications, matters);
  }

  /** Records the ruling, then puts it into effect; the follow-up does it if this process dies in between. */
  async execute(command: RuleJurisdiction): Promise<Receipt> {
    const receipt = await this.disputes.run(DISPUTE_STREAM + command.id, command);
    const { state } = await this.disputes.load(DISPUTE_STREAM + command.id);
    if (state.at !== 'ruled') return receipt;
    const { dispute, application, matter } = state.raised;
    const { department } = state;
    const { reason, article = null, catalogueNote } = command;
    const cause = causeOf(command.meta);
    const assigned = await this.assigned({ dispute, application, department, reason }, cause);
    const noted = await this.effects.noteRuling(
      { dispute, application, matter, department, article, catalogueNote },
      cause,
    );
    const position = [assigned, noted].reduce(
      (last, effect) => (effect.position > last ? effect.position : last),
      receipt.position,
    );
    return { ...receipt, position };
  }

  /**
   * A ruling on an application that has ended in the meantime goes into the catalogue, for the next one; for this one it is
   * recorded at once as without effect.
   */
  private async assigned(ruling: Parameters<DisputeEffects['assigned']>[0], cause: Cause): Promise<Receipt> {
    const { dispute, application } = ruling;
    const receipt = await this.effects.assigned(ruling, cause);
    if ((await this.effects.possible(application, 'assigned')) !== 'never') return receipt;
    return this.disputes.run(DISPUTE_STREAM + dispute, {
      type: 'LapseDisputeEffect',
      id: dispute,
      effect: 'assigned',
      meta: metaOf(dispute, 'assigned/lapsed', cause),
    });
  }
}
