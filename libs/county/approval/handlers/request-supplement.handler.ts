import { type Receipt } from '#libs/engine/event-sourcing';
import { MATTER_RUNNER, MATTER_STREAM, type MatterRunner } from '#libs/law/catalogue';
import { matterOfApplication } from '#libs/county/project';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { RequestSupplement } from '../intake/intake.commands.js';

@CommandHandler(RequestSupplement)
export class RequestSupplementHandler implements ICommandHandler<RequestSupplement> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
  ) {}

  /** What the catalogue asks for today: what it once asked for and dropped may be asked for no more. */
  async execute(command: RequestSupplement): Promise<Receipt> {
    const matter = matterOfApplication(command.id);
    const { state } = await this.matters.load(MATTER_STREAM + (matter ?? ''));
    command.knownMaterials = state.at === 'in-force' ? state.matter.materials.map(({ name }) => name) : [];
    return this.applications.run(APPLICATION_STREAM + command.id, command);
  }
}
