import { APPLICATION_STREAM, type ApplicationRunner, type DisputeCommand, isOver } from '#libs/approval';
import { type CommandMeta, type Receipt } from '#libs/event-sourcing';
import { type JurisdictionDisputeRaised, type JurisdictionRuled } from './dispute.events.js';
import { type DisputeEffect } from './dispute.projection.js';

/** Who did it and when, of the event that has the effect. */
export type Cause = Pick<CommandMeta, 'actor' | 'occurredAt' | 'now'> & { readonly id: string };

/**
 * What a dispute does to its application. The command's id is made of the dispute's: however often it is sent, by the one
 * who raised or ruled or by the follow-up afterwards, it is done once.
 */
export class DisputeEffects {
  constructor(private readonly applications: Pick<ApplicationRunner, 'run' | 'load'>) {}

  /** Whether the application stands so that the effect can be seen in it. */
  async possible(application: string, effect: DisputeEffect): Promise<boolean> {
    const { state } = await this.applications.load(APPLICATION_STREAM + application);
    if (state.at === 'absent' || isOver(state)) return false;
    return effect !== 'held' || state.holder?.party === 'department';
  }

  /** Lays the application between its departments. */
  held(
    { dispute, application, departments, reason }: JurisdictionDisputeRaised['data'],
    cause: Cause,
  ): Promise<Receipt> {
    const meta = metaOf(dispute, 'held', cause);
    return this.send({ type: 'HoldForDispute', id: application, dispute, departments, reason, meta });
  }

  /** Gives the application to the department it was ruled to belong to. */
  assigned(
    {
      dispute,
      application,
      department,
      reason,
    }: Pick<JurisdictionRuled['data'], 'dispute' | 'application' | 'department' | 'reason'>,
    cause: Cause,
  ): Promise<Receipt> {
    const meta = metaOf(dispute, 'assigned', cause);
    return this.send({ type: 'AssignJurisdiction', id: application, dispute, department, reason, meta });
  }

  private send(command: DisputeCommand): Promise<Receipt> {
    return this.applications.run(APPLICATION_STREAM + command.id, command);
  }
}

function metaOf(dispute: string, effect: string, { actor, occurredAt, now, id }: Cause): CommandMeta {
  return {
    commandId: `dispute/${dispute}/${effect}`,
    actor,
    onBehalfOf: null,
    occurredAt,
    now,
    correlationId: `dispute/${dispute}`,
    causationId: id,
    traceparent: null,
    expectedRevision: null,
  };
}
