import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/event-sourcing';
import { ApproveApplication } from './approval.commands.js';
import { type Prerequisite } from './approval.events.js';
import { type ApplicationState } from './approval.state.js';
import { APPLICATION_RUNNER, APPLICATION_STREAM, type ApplicationRunner } from './approval.tokens.js';

@CommandHandler(ApproveApplication)
export class ApproveApplicationHandler implements ICommandHandler<ApproveApplication> {
  constructor(@Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner) {}

  async execute(command: ApproveApplication): Promise<Receipt> {
    const stream = APPLICATION_STREAM + command.id;
    const { state } = await this.applications.load(stream);
    command.missing = state.at === 'absent' ? [] : await this.missing(state.prerequisites);
    return this.applications.run(stream, command);
  }

  private async missing(prerequisites: readonly Prerequisite[]): Promise<Prerequisite[]> {
    const states = await Promise.all(
      prerequisites.map(({ application }) => this.applications.load(APPLICATION_STREAM + application)),
    );
    return prerequisites.filter((_, index) => !isGranted(states[index]?.state));
  }
}

/** A filing or technical review ends by closure: what needs no licence is granted by being done. */
function isGranted(state: ApplicationState | undefined): boolean {
  if (state === undefined) return false;
  if (state.at === 'decided' || state.at === 'delivered') return state.outcome === 'granted';
  return state.at === 'closed';
}
