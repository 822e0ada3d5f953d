import {
  APPLICATION_STREAM,
  type ApplicationRunner,
  type JurisdictionCommand,
  isOver,
} from '#libs/county/approval';
import { MATTER_STREAM, type MatterRunner } from '#libs/law/catalogue';
import { systemMeta, type CommandMeta, type Receipt } from '#libs/engine/event-sourcing';
import {
  type DisputeEffect,
  type JurisdictionDisputeRaised,
  type JurisdictionRuled,
} from './dispute.events.js';

/** Who did it and when, of the event that has the effect. */
export type Cause = Pick<CommandMeta, 'actor' | 'occurredAt' | 'now'> & { readonly id: string };

/**
 * What a dispute does to its application, and its ruling to the catalogue. The command's id is made of the dispute's:
 * however often it is sent, by the one who raised or ruled or by the follow-up afterwards, it is done once.
 */
export class DisputeEffects {
  constructor(
    private readonly applications: Pick<ApplicationRunner, 'run' | 'load'>,
    private readonly matters: Pick<MatterRunner, 'run'>,
  ) {}

  /**
   * When the effect can come about as the application stands: not while its applicant has it and it is to be held pending the
   * dispute, and never once it is over.
   */
  async possible(application: string, effect: DisputeEffect): Promise<'now' | 'later' | 'never'> {
    if (effect === 'noted') return 'now';
    const { state } = await this.applications.load(APPLICATION_STREAM + application);
    if (state.at === 'absent' || isOver(state)) return 'never';
    return effect !== 'held' || state.holder?.party === 'department' ? 'now' : 'later';
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

  /** Writes the ruling into the catalogue's entry of the matter, so that the same dispute does not come again. */
  noteRuling(
    {
      dispute,
      application,
      matter,
      department,
      article,
      catalogueNote: note,
    }: Omit<JurisdictionRuled['data'], 'project' | 'reason' | 'late'>,
    cause: Cause,
  ): Promise<Receipt> {
    const meta = metaOf(dispute, 'noted', cause);
    return this.matters.run(MATTER_STREAM + matter, {
      type: 'NoteJurisdiction',
      id: matter,
      dispute,
      application,
      department,
      article,
      note,
      meta,
    });
  }

  private send(command: JurisdictionCommand): Promise<Receipt> {
    return this.applications.run(APPLICATION_STREAM + command.id, command);
  }
}

export function metaOf(dispute: string, effect: string, { actor, occurredAt, now, id }: Cause): CommandMeta {
  return systemMeta({
    ...{ commandId: `dispute/${dispute}/${effect}`, correlationId: `dispute/${dispute}`, causationId: id },
    ...{ actor, occurredAt, now },
  });
}
