import { businessEnvironment, cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';
import {
  type AnswerQuestionnaire,
  type FoundMatter,
  type MatterFacts,
  type QuestionFacts,
} from './project-matters.commands.js';
import { matterMustBeOpened, mustBeItsApplicant } from './pre-review.rules.js';
import { applying, type Plan } from './project-plan.js';
import { type OpenedApplication } from './opened-application.js';
import { type ProjectRegistered } from './project.events.js';
import { refuse } from './project.rules.js';

/** The developer, their agent, or the window of a department whose business the project is. */
export function mayShapeProject(
  project: ProjectRegistered['data'],
  meta: CommandMeta,
  facts: Pick<QuestionFacts, 'departments'>,
): void {
  if (isOutside(meta.actor.role)) mustBeItsApplicant(project, meta);
  else mustBeItsOffice(project, meta, facts);
}

/** An office decides on what does not apply: of a department that handles a matter of the project, or that registered it. */
export function mustBeItsOffice(
  { project }: ProjectRegistered['data'],
  { actor: { person, department } }: CommandMeta,
  { departments }: Pick<QuestionFacts, 'departments'>,
): string {
  if (department !== null && departments.includes(department)) return department;
  return refuse(
    'project.not-its-office',
    { project, person, department: department ?? '—' },
    'permission',
    cited(licensing(22)),
  );
}

/** Answers are to questions that there are, and in their form. */
export function answersMustFit(
  { answers }: AnswerQuestionnaire,
  { unknown, wrong }: Pick<QuestionFacts, 'unknown' | 'wrong'>,
): void {
  for (const [code, places, part] of [
    ['project.unknown-question', unknown, 'question'],
    ['project.not-an-answer', wrong, 'answer'],
  ] as const) {
    const [index] = places;
    const given = index === undefined ? undefined : answers[index];
    if (given === undefined) continue;
    const { question, answer } = given;
    refuse(code, { field: `answers[${index}].${part}`, question, answer }, 'input');
  }
}

/** A matter of the catalogue that is in force. */
export function matterMustBeInForce(facts: MatterFacts, code: string): FoundMatter {
  const found = facts.matters.find((one) => one.code === code);
  if (found === undefined || found.at === 'absent') {
    return refuse('project.matter-not-in-catalogue', { field: 'matter', matter: code }, 'input');
  }
  if (found.at === 'in-force') return found;
  const refusal =
    found.at === 'abolished' ? 'project.matter-abolished' : ('project.matter-not-in-force' as const);
  return refuse(refusal, { matter: code, name: found.name }, 'state', cited(licensing(4)));
}

/** A matter that was found, in force or not. */
export function matterMustBeKnown(
  project: string,
  { matters }: Pick<MatterFacts, 'matters'>,
  matter: string,
): FoundMatter {
  const found = matters.find(({ code }) => code === matter);
  return found ?? refuse('project.no-such-matter', { project, matter }, 'input');
}

/** A project has one application for each matter. */
export function matterMustBeNew(project: string, plan: Plan, { code, name }: FoundMatter): void {
  if (!applying(plan).some(({ matter }) => matter === code)) return;
  refuse('project.matter-there', { project, matter: code, name }, 'state');
}

/**
 * What a law makes a condition of this project cannot be struck: only what the recorded answers exclude, or what the project
 * took up itself and no answer asks for. What was applied for runs its course.
 */
export function matterMustNotApply(
  project: string,
  plan: Plan,
  { code, name, applied, judged }: FoundMatter,
  isFromTemplate: boolean,
): OpenedApplication {
  const opened = matterMustBeOpened({ project, applications: applying(plan) }, code);
  const params = { project, matter: code, name };
  if (applied) refuse('project.matter-applied', params, 'state');
  if (judged === null) {
    if (isFromTemplate) refuse('project.matter-mandatory', params, 'state', cited(businessEnvironment(35)));
    return opened;
  }
  if (judged.verdict === true) {
    refuse(
      'project.matter-needed',
      { ...params, conditionZh: judged.zh, condition: judged.en },
      'state',
      judged.article,
    );
  }
  if (judged.verdict === null && isFromTemplate) {
    const questions = judged.unanswered.map(({ id, en }) => `${en} (${id})`).join('; ');
    const questionsZh = judged.unanswered.map(({ zh }) => zh).join('；');
    refuse('project.matter-not-excluded', { ...params, questions, questionsZh }, 'state', judged.article);
  }
  return opened;
}

/** A confirmation takes from the proposal and adds nothing to it. */
export function mustBeProposed(project: string, { code, name, judged }: FoundMatter, verdict: boolean): void {
  if (judged?.verdict === verdict) return;
  refuse('project.matter-not-proposed', { project, matter: code, name }, 'state');
}
