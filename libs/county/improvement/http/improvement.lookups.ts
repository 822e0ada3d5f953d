import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#libs/law/calendar';
import { MATTER_RUNNER, MATTER_STREAM, type MatterRunner } from '#libs/law/catalogue';
import { lookup } from '#libs/shell/nest';
import { EffectMeter } from '../effect-meter.js';
import {
  AdoptImprovement,
  DropImprovement,
  type EffectFacts,
  ProposeImprovement,
  StartTrial,
} from '../improvement.commands.js';
import { IMPROVEMENT_RUNNER, IMPROVEMENT_STREAM, type ImprovementRunner } from '../improvement.tokens.js';

/** Where facts for commands on improvements are looked up. */
@Injectable()
export class ImprovementStores {
  constructor(
    @Inject(IMPROVEMENT_RUNNER) readonly improvements: ImprovementRunner,
    @Inject(MATTER_RUNNER) readonly matters: MatterRunner,
    readonly meter: EffectMeter,
  ) {}
}

/** The matter that is proposed to change. */
export const proposal = lookup(ProposeImprovement, async ({ matter }, { matters }: ImprovementStores) => {
  const { state } = await matters.load(MATTER_STREAM + matter);
  if (state.at === 'absent') return { target: null };
  return { target: { at: state.at, version: state.version, department: state.matter.department } };
});

/** The first day of the version that is tried. */
export const trial = lookup(
  StartTrial,
  async ({ id, matterVersion }, { improvements, matters }: ImprovementStores) => {
    const { state } = await improvements.load(IMPROVEMENT_STREAM + id);
    if (state.at === 'absent' || matterVersion === undefined) return { versionFrom: null };
    const { state: matter } = await matters.load(MATTER_STREAM + state.matter);
    if (matter.at !== 'in-force') return { versionFrom: null };
    const found = [...matter.earlier, matter].find(({ version }) => version === matterVersion);
    return { versionFrom: found?.matter.effectiveFrom ?? null };
  },
);

/** What the trial did until today. */
async function effectOf(
  { id, meta }: AdoptImprovement | DropImprovement,
  { improvements, meter }: ImprovementStores,
): Promise<EffectFacts> {
  const { state } = await improvements.load(IMPROVEMENT_STREAM + id);
  if (state.at !== 'trial' || state.trialFrom === null) return { effect: null };
  const span = { matter: state.matter, from: state.trialFrom, until: dayOf(meta.now) };
  return { effect: await meter.measure(span) };
}

export const adoption = lookup(AdoptImprovement, effectOf);

export const drop = lookup(DropImprovement, effectOf);
