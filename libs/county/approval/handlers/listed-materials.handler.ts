import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { MATTER_RUNNER, MATTER_STREAM, matterOn, type MatterRunner } from '#libs/law/catalogue';
import { type CommandRunner, type HttpCommandClass } from '#libs/shell/nest';
import { matterOfApplication } from '#libs/county/project';
import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_RUNNER, type ApplicationRunner } from '../application/application.runner.token.js';
import { CompleteImmediately } from '../decision/decision.commands.js';
import { MakeCommitment } from '../ways/commitment.commands.js';
import { AcceptWithDeficiency } from '../ways/deficiency.commands.js';

/** Commands whose rules ask what the catalogue lists for the matter. */
export const MATERIAL_COMMANDS: readonly HttpCommandClass[] = [
  AcceptWithDeficiency,
  MakeCommitment,
  CompleteImmediately,
];

type MaterialCommand = AcceptWithDeficiency | MakeCommitment | CompleteImmediately;

/** Looks up what the catalogue lists on that day, then runs the command. What was missing or promised is recorded in the event. */
@Injectable()
export class ListedMaterialsRunner implements CommandRunner<MaterialCommand> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
  ) {}

  async run(stream: string, command: MaterialCommand): Promise<Receipt> {
    const matter = matterOfApplication(command.id);
    const { state } = await this.matters.load(`${MATTER_STREAM}${matter ?? ''}`);
    const inForce = matterOn(state, dayOf(command.meta.occurredAt));
    const materials = inForce?.matter.materials ?? [];
    command.listed = materials.map(({ name, key }) => ({ name, key }));
    return this.applications.run(stream, command);
  }
}
