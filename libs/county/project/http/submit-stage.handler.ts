import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import {
  defined,
  eventId,
  type EventStore,
  metaOfPart,
  type Receipt,
  RuleViolation,
  eventAt,
} from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import {
  MATTER_RUNNER,
  MATTER_STREAM,
  matterOn,
  type MatterOpinion,
  type MatterRunner,
  type StageOpinions,
  TEMPLATE_RUNNER,
  TEMPLATE_STREAM,
  type TemplateRunner,
  type TemplateStage,
} from '#libs/law/catalogue';
import { EVENT_STORE } from '#libs/shell/nest';
import { firstRoundOf } from '../application-id.js';
import { ProjectApplications, type StageQuestion } from '../project-applications.js';
import { type OpenedApplication } from '../opened-application.js';
import { stageMustExist } from '../project.rules.js';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';
import { SubmitStage } from '../stage-submission.commands.js';
import { type StageSubmitted } from '../stage-submission.events.js';

/** What became of an application of the stage; `refused` is the code, null when it was submitted. */
export type StageBranch = {
  readonly application: string;
  readonly department: string | null;
  readonly refused: string | null;
};

type Form = StageSubmitted['data']['applications'];

/** The application of the form by which a matter is applied for. */
const handedIn = (form: Form, first: string): string | undefined =>
  form.find(({ application }) => firstRoundOf(application) === first)?.application;

/** When the template has no rule: silence is not consent. */
const DEFAULT_OPINIONS: StageOpinions = { days: 5, silenceRule: null };

/**
 * One form (一张表单): every matter of the stage that can be applied for is submitted at once, each to its own department, in a new
 * round where it was refused or withdrawn before; and each department decides for itself (并联). An application asks other
 * departments where the law of its matter does, and no others: an opinion that no law asks for would be a step of its own
 * (优化营商环境条例 Art. 35). The project's stream takes the form first, then the
 * applications follow one by one: a retry with the same Idempotency-Key, after a crash half way, goes on where it stopped.
 */
@CommandHandler(SubmitStage)
export class SubmitStageHandler implements ICommandHandler<SubmitStage> {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(TEMPLATE_RUNNER) private readonly templates: TemplateRunner,
    private readonly applications: ProjectApplications,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
  ) {}

  /** Returns the position of the last event, so that a reader who waits for it sees every application. */
  async execute(command: SubmitStage): Promise<Receipt> {
    const stream = PROJECT_STREAM + command.id;
    const { state } = await this.projects.load(stream);
    if (state.at === 'absent') {
      return this.projects.run(stream, command, { lead: null, joinedBy: null, applications: [] });
    }
    const day = dayOf(command.meta.occurredAt);
    const opened = await this.asOf(day, stageMustExist(state.registered, command.stage));
    const stage = await this.stage(state.registered.template, command.stage, day);
    const questions = await this.questions(opened, stage, day);
    const join = joinOf(opened, stage, questions);
    const form = await this.form(opened, day);
    const receipt = await this.projects.run(stream, command, {
      lead: stage?.lead ?? null,
      joinedBy: join === null ? null : (handedIn(form, join) ?? null),
      applications: form,
    });
    // What became of the applications since the first attempt does not change what the form was for.
    const handed = receipt.replayed ? await this.recorded(stream, receipt.revision) : form;
    const branches: StageBranch[] = [];
    let { position } = receipt;
    for (const { application: first, department } of opened) {
      const application = handedIn(handed, first) ?? (await this.last(first, day));
      const branch = await this.submit(command, application, questions.get(first));
      if (typeof branch === 'string') branches.push({ application, department, refused: branch });
      else {
        branches.push({ application, department, refused: null });
        if (branch.position > position) position = branch.position;
      }
    }
    return { ...receipt, position, details: { applications: branches } };
  }

  /** Of every matter of the stage that can be applied for, the application to hand in. */
  private async form(opened: readonly OpenedApplication[], day: string): Promise<Form> {
    const found = await Promise.all(
      opened.map(async ({ application: first, department }) => {
        const application = await this.applications.toSubmit(first, day);
        return application === null ? [] : [{ application, department }];
      }),
    );
    return found.flat();
  }

  private async recorded(stream: string, revision: bigint): Promise<Form> {
    const event = await eventAt(this.events, stream, revision);
    return event === null ? [] : (event.data as StageSubmitted['data']).applications;
  }

  /** The application that is there already. */
  private async last(first: string, day: string): Promise<string> {
    return (await this.applications.submitted(first, day)).at(-1) ?? first;
  }

  /** Each with the department whose business it is on that day. */
  private async asOf(
    day: string,
    opened: readonly OpenedApplication[],
  ): Promise<readonly OpenedApplication[]> {
    return Promise.all(
      opened.map(async (one) => ({
        ...one,
        department: await competentOn(this.departments, one.department, day),
      })),
    );
  }

  /** The stage as the template stands today: who leads may have changed since the project was registered. */
  private async stage(template: string, name: string, day: string): Promise<TemplateStage | undefined> {
    const { state } = await this.templates.load(TEMPLATE_STREAM + template);
    const stage = state.at === 'absent' ? undefined : state.template.stages.find((one) => one.name === name);
    return stage && { ...stage, lead: await competentOn(this.departments, stage.lead, day) };
  }

  /** What each application asks other departments as the law of its matter stands on that day. */
  private async questions(
    opened: readonly OpenedApplication[],
    stage: TemplateStage | undefined,
    day: string,
  ): Promise<ReadonlyMap<string, StageQuestion>> {
    const questions = new Map<string, StageQuestion>();
    for (const { application, matter, department } of opened) {
      const { state } = await this.matters.load(MATTER_STREAM + matter);
      const owed = (matterOn(state, day)?.matter.consults ?? []).filter((one) => one.conditional !== true);
      const asked = await Promise.all(
        owed.map(async (one) => ({
          ...one,
          department: await competentOn(this.departments, one.department, day),
        })),
      );
      const others = asked.filter((one) => one.department !== department);
      if (others.length > 0) questions.set(application, questionOf(others, stage));
    }
    return questions;
  }

  /** The receipt, or the code of the refusal where one cannot be submitted now: others are not held up by it. */
  private async submit(
    { materials, channel, meta }: SubmitStage,
    application: string,
    consult: StageQuestion | undefined,
  ): Promise<Receipt | string> {
    const submission = {
      application,
      ...defined({ materials, channel, consult }),
      meta: metaOfPart(meta, eventId(`${meta.commandId} ${application}`, 0)),
    };
    try {
      return await this.applications.submit(submission);
    } catch (error) {
      if (error instanceof RuleViolation && error.kind === 'state') return error.code;
      throw error;
    }
  }
}

/** The lead's last application of the stage, if the law of its matter asks for opinions: its permit is what the stage is for. */
function joinOf(
  opened: readonly OpenedApplication[],
  stage: TemplateStage | undefined,
  questions: ReadonlyMap<string, StageQuestion>,
): string | null {
  const lead = stage?.lead ?? null;
  const by = lead === null ? undefined : opened.findLast(({ department }) => department === lead);
  return by !== undefined && questions.has(by.application) ? by.application : null;
}

/** One round to all whose opinion is required, for as long as the longest of them may take. */
function questionOf(asked: readonly MatterOpinion[], stage: TemplateStage | undefined): StageQuestion {
  const { days, silenceRule } = stage?.opinions ?? DEFAULT_OPINIONS;
  return {
    departments: [...new Set(asked.map(({ department }) => department))].sort(),
    question: `并联审批：${stage?.name ?? ''}`,
    days: Math.max(...asked.map((one) => one.days ?? days)),
    article: [...new Set(asked.map(({ article }) => article))].join('; '),
    silenceRule,
  };
}
