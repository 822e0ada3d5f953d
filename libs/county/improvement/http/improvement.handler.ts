import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#libs/law/calendar';
import { MATTER_RUNNER, MATTER_STREAM, type MatterRunner } from '#libs/law/catalogue';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type CommandRunner, type HttpCommandClass } from '#libs/shell/nest';
import { EffectMeter } from '../effect-meter.js';
import {
  AdoptImprovement,
  DropImprovement,
  type ImprovedMatter,
  type ImprovementCommand,
  ProposeImprovement,
  StartTrial,
} from '../improvement.commands.js';
import { type MeasuredEffect } from '../improvement.events.js';
import { IMPROVEMENT_RUNNER, type ImprovementRunner } from '../improvement.tokens.js';

export const IMPROVEMENT_COMMANDS: readonly HttpCommandClass[] = [
  ProposeImprovement,
  StartTrial,
  AdoptImprovement,
  DropImprovement,
];

/** Looks up the matter that is proposed to change, the version that is tried, and what the trial did. */
@Injectable()
export class ImprovementLookup implements CommandRunner<ImprovementCommand> {
  constructor(
    @Inject(IMPROVEMENT_RUNNER) private readonly improvements: ImprovementRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
    private readonly meter: EffectMeter,
  ) {}

  async run(stream: string, command: ImprovementCommand): Promise<Receipt> {
    if (command.type === 'ProposeImprovement') command.target = await this.target(command.matter);
    else if (command.type === 'StartTrial') command.versionFrom = await this.versionFrom(stream, command);
    else command.effect = await this.effect(stream, command.meta.now);
    return this.improvements.run(stream, command);
  }

  private async target(matter: string): Promise<ImprovedMatter | null> {
    const { state } = await this.matters.load(MATTER_STREAM + matter);
    if (state.at === 'absent') return null;
    return { at: state.at, version: state.version, department: state.matter.department };
  }

  private async versionFrom(stream: string, { matterVersion }: StartTrial): Promise<string | null> {
    const { state } = await this.improvements.load(stream);
    if (state.at === 'absent' || matterVersion === undefined) return null;
    const { state: matter } = await this.matters.load(MATTER_STREAM + state.matter);
    if (matter.at !== 'in-force') return null;
    const found = [...matter.earlier, matter].find(({ version }) => version === matterVersion);
    return found?.matter.effectiveFrom ?? null;
  }

  private async effect(stream: string, now: string): Promise<MeasuredEffect | null> {
    const { state } = await this.improvements.load(stream);
    if (state.at !== 'trial' || state.trialFrom === null) return null;
    return this.meter.measure({ matter: state.matter, from: state.trialFrom, until: dayOf(now) });
  }
}
