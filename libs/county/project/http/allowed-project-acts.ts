import { accounts } from '#libs/county/identity';
import { mandateFor, type Visibility } from '#libs/county/sight';
import { ReadModels, Rehearsal, StoreUnavailable } from '#libs/engine/event-sourcing';
import { matters } from '#libs/law/catalogue';
import {
  actOf,
  type AllowedAct,
  type HttpCommandClass,
  MayI,
  type Probe,
  type SignedInRequest,
} from '#libs/shell/nest';
import { Injectable } from '@nestjs/common';
import { GivePreReview, RequestPreReview } from '../pre-review.commands.js';
import {
  AddMatter,
  AnswerQuestionnaire,
  ConfirmProposedMatters,
  StrikeMatter,
} from '../project-matters.commands.js';
import { CorrectApplicant, DesignateKeyProject, NameApplicant, TagProject } from '../project.commands.js';
import { CAMPAIGNS } from '../project.events.js';
import { type RegisteredProject } from '../project.state.js';
import { PROJECT_STREAM } from '../project.tokens.js';
import { SubmitStage } from '../stage-submission.commands.js';
import { ProjectStores } from './project-stores.js';

const REASON = '按照规定办理';
/** Where the catalogue has no other matter, or nobody has the role. */
const NONE = 'none';
const MATTERS_LOOKED_AT = 200;

type Bodies = () => readonly object[] | Promise<readonly object[]>;

/** What the person who asks may do in a project now, act by act. */
@Injectable()
export class AllowedProjectActs {
  constructor(
    private readonly stores: ProjectStores,
    private readonly models: ReadModels,
    private readonly mayI: MayI,
  ) {}

  /** Null while the log cannot be asked. */
  async of(
    request: SignedInRequest,
    id: string,
    { mandates }: Pick<Visibility, 'mandates'>,
  ): Promise<readonly AllowedAct[] | null> {
    const begun = new Rehearsal();
    const state = await this.state(begun, id);
    if (state === null) return null;
    const { applicant } = state.registered;
    const probes = this.acts(state).map(([command, bodies]): Probe => {
      const [zh = '', ...en] = actOf(command).summary.split(' ');
      return { command, zh, en: en.join(' '), bodies };
    });
    const mandate = mandateFor(mandates, { applicant, project: id })?.id;
    return this.mayI.ask(request, { id, probes, begun, ...(mandate !== undefined && { mandate }) });
  }

  /** Each act with bodies that are complete for it; whether they are lawful is for the rules to say. */
  private acts(state: RegisteredProject): readonly (readonly [HttpCommandClass, Bodies])[] {
    const { applications, applicant } = state.registered;
    const [question] = this.stores.questionnaire.questions;
    const answer = question?.options?.[0]?.value ?? (question?.kind === 'number' ? '1' : 'yes');
    const each = (body: (matter: string) => object): Bodies => {
      const codes = applications.map(({ matter }) => matter);
      return () => (codes.length > 0 ? codes : [NONE]).map(body);
    };
    return [
      [NameApplicant, async () => [{ applicant: await this.account('applicant', applicant) }]],
      [
        CorrectApplicant,
        async () => [{ applicant: await this.account('applicant', applicant), reason: REASON }],
      ],
      [DesignateKeyProject, async () => [{ leader: await this.account('leader', null), reason: REASON }]],
      [TagProject, () => [{ campaigns: CAMPAIGNS.slice(0, 1) }]],
      [SubmitStage, () => [...new Set(applications.map(({ stage }) => stage))].map((stage) => ({ stage }))],
      [RequestPreReview, each((matter) => ({ matter, question: REASON }))],
      [GivePreReview, each((matter) => ({ matter, opinion: REASON }))],
      [AnswerQuestionnaire, () => [{ answers: [{ question: question?.id ?? NONE, answer }] }]],
      [AddMatter, async () => [{ matter: await this.otherMatter(state), reason: REASON }]],
      [StrikeMatter, each((matter) => ({ matter, reason: REASON }))],
      [ConfirmProposedMatters, each((matter) => ({ add: [], strike: [matter] }))],
    ];
  }

  private async state(begun: Rehearsal, id: string): Promise<RegisteredProject | null> {
    try {
      const { state } = await begun.run(() => this.stores.projects.load(PROJECT_STREAM + id));
      return state.at === 'absent' ? null : state;
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }

  /** An open account with a role, another than the one given if there is one. */
  private async account(role: string, present: string | null): Promise<string> {
    const equals = { role, status: 'open' };
    const { items } = await this.models.find(accounts, { index: 'role', equals, limit: 2 });
    return items.find(({ id }) => id !== present)?.id ?? present ?? NONE;
  }

  private async otherMatter({ registered: { applications } }: RegisteredProject): Promise<string> {
    const own = new Set(applications.map(({ matter }) => matter));
    const { items } = await this.models.find(matters, {
      ...{ index: 'status', equals: { status: 'in-force' } },
      limit: MATTERS_LOOKED_AT,
    });
    return items.find(({ id }) => !own.has(id))?.id ?? NONE;
  }
}
