import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { MATTER_RUNNER, MATTER_STREAM, matterOn, type MatterRunner } from '#libs/law/catalogue';
import { matterOfApplication } from '#libs/county/project';
import { Inject, Injectable } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { RefuseApplication } from '../decision/decision.commands.js';
import { hasLegalStep } from '../read-models/skipped-steps.js';

/** Says whether the matter of an application provides for a review, as it was in force when the application was received. */
@Injectable()
export class NeededReview {
  constructor(@Inject(MATTER_RUNNER) private readonly matters: MatterRunner) {}

  /** A matter whose steps the catalogue does not list is reviewed as the law says (行政许可法 Art. 34). */
  async of(state: ApplicationState): Promise<boolean> {
    const code = state.at === 'absent' ? null : matterOfApplication(state.application);
    if (state.at === 'absent' || code === null) return true;
    const { state: matter } = await this.matters.load(MATTER_STREAM + code);
    if (matter.at === 'absent') return true;
    const steps = matterOn(matter, dayOf(state.receivedAt))?.matter.steps ?? [];
    return steps.length === 0 || hasLegalStep(steps, 'review');
  }
}

/** Runs refusals with what the catalogue says of the review. */
@Injectable()
export class RefusalRunner {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    private readonly review: NeededReview,
  ) {}

  async run(_: string, command: RefuseApplication): Promise<Receipt> {
    const stream = APPLICATION_STREAM + command.id;
    const { state } = await this.applications.load(stream);
    command.needsReview = await this.review.of(state);
    return this.applications.run(stream, command);
  }
}
