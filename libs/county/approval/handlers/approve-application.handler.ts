import { type Receipt } from '#libs/engine/event-sourcing';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { type Prerequisite } from '../core/terms.js';
import { ApproveApplication } from '../decision/decision.commands.js';
import { NeededReview } from './needed-review.js';

@CommandHandler(ApproveApplication)
export class ApproveApplicationHandler implements ICommandHandler<ApproveApplication> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    private readonly review: NeededReview,
  ) {}

  async execute(command: ApproveApplication): Promise<Receipt> {
    const stream = APPLICATION_STREAM + command.id;
    const { state } = await this.applications.load(stream);
    const found = state.at === 'absent' ? [] : await this.prerequisites(state.prerequisites);
    command.missing = found
      .filter(({ grantedAt }) => grantedAt === null)
      .map(({ prerequisite }) => prerequisite);
    command.granted = found.flatMap(({ prerequisite, grantedAt }) =>
      grantedAt === null ? [] : [{ ...prerequisite, grantedAt }],
    );
    command.needsReview = await this.review.of(state);
    return this.applications.run(stream, command);
  }

  private prerequisites(prerequisites: readonly Prerequisite[]) {
    return Promise.all(
      prerequisites.map(async (prerequisite) => {
        const { state } = await this.applications.load(APPLICATION_STREAM + prerequisite.application);
        return { prerequisite, grantedAt: grantedAt(state) };
      }),
    );
  }
}

/** When it was granted; null when it was not. A filing or technical review ends by closure: what needs no licence is
 * granted by being done. */
function grantedAt(state: ApplicationState): string | null {
  if (state.at === 'decided' || state.at === 'delivered') {
    return state.outcome === 'granted' ? (state.trail?.grantedAt ?? state.since) : null;
  }
  return state.at === 'closed' ? (state.trail?.grantedAt ?? state.since) : null;
}
