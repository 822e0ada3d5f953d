import { applicationId } from './application-id.js';
import {
  type AddMatter,
  type AnswerQuestionnaire,
  type ConfirmProposedMatters,
  type FoundMatter,
  type MatterFacts,
  type QuestionFacts,
  type StrikeMatter,
} from './project-matters.commands.js';
import {
  type ProjectMatterAdded,
  type ProjectMatterStruck,
  type QuestionnaireAnswered,
} from './project-matters.events.js';
import * as rules from './project-matters.rules.js';
import { applying, type Plan, stageOf, waitsFor, withAdded, withStruck } from './project-plan.js';
import { type OpenedApplication } from './opened-application.js';
import { applicationIdsMustFit, refuse } from './project.rules.js';
import { planOf, type RegisteredProject } from './project.state.js';

/** Answers that are there already add nothing. */
export function answerQuestionnaire(
  state: RegisteredProject,
  command: AnswerQuestionnaire,
  facts: QuestionFacts,
): QuestionnaireAnswered[] {
  rules.mayShapeProject(state.registered, command.meta, facts);
  rules.answersMustFit(command, facts);
  const before = state.answers ?? {};
  const given = Object.fromEntries(command.answers.map(({ question, answer }) => [question, answer]));
  if (Object.entries(given).every(([question, answer]) => before[question] === answer)) return [];
  const { version } = facts;
  const answers = { ...before, ...given };
  return [{ type: 'QuestionnaireAnswered', version: 1, data: { project: command.id, version, answers } }];
}

export function addMatter(
  state: RegisteredProject,
  { id: project, matter, reason, meta }: AddMatter,
  facts: MatterFacts,
): ProjectMatterAdded[] {
  rules.mayShapeProject(state.registered, meta, facts);
  const found = rules.matterMustBeInForce(facts, matter);
  return [added(project, planOf(state), found, reason)];
}

export function strikeMatter(
  state: RegisteredProject,
  { id: project, matter, reason, meta }: StrikeMatter,
  facts: MatterFacts,
): ProjectMatterStruck[] {
  const department = rules.mustBeItsOffice(state.registered, meta, facts);
  const found = rules.matterMustBeKnown(project, facts, matter);
  return [struck(state, planOf(state), found, { department, reason })];
}

/** Takes the matters one after the other: each sees what the one before has changed. */
export function confirmMatters(
  state: RegisteredProject,
  { id: project, add, strike, note, meta }: ConfirmProposedMatters,
  facts: MatterFacts,
): (ProjectMatterAdded | ProjectMatterStruck)[] {
  const department = rules.mustBeItsOffice(state.registered, meta, facts);
  if (add.length + strike.length === 0) refuse('project.nothing-confirmed', { project }, 'input');
  const events: (ProjectMatterAdded | ProjectMatterStruck)[] = [];
  let plan = planOf(state);
  for (const code of add) {
    const found = rules.matterMustBeInForce(facts, code);
    rules.mustBeProposed(project, found, true);
    const event = added(project, plan, found, note ?? found.judged?.zh ?? '');
    plan = withAdded(plan, event.data);
    events.push(event);
  }
  for (const code of strike) {
    const found = rules.matterMustBeKnown(project, facts, code);
    rules.mustBeProposed(project, found, false);
    const reason = note ?? `不符合适用条件：${found.judged?.zh ?? ''}`;
    const event = struck(state, plan, found, { department, reason });
    plan = withStruck(plan, event.data);
    events.push(event);
  }
  return events;
}

function added(project: string, plan: Plan, found: FoundMatter, reason: string): ProjectMatterAdded {
  rules.matterMustBeNew(project, plan, found);
  const before = plan.all.find(({ matter }) => matter === found.code);
  const article = found.judged?.article ?? null;
  const data = before === undefined ? opening(project, plan, found) : reopening(plan, before);
  return { type: 'ProjectMatterAdded', version: 1, data: { project, ...data, reason, article } };
}

type Opening = Pick<ProjectMatterAdded['data'], 'opened' | 'before'>;

/** What was struck comes back with all that it waited for, and all that waited for it. */
function reopening({ all, struck: out }: Plan, before: OpenedApplication): Opening {
  const { application, matter } = before;
  const plan = { all, struck: out.filter((one) => one.matter !== matter) };
  const opened = applying(plan).find((one) => one.application === application) ?? before;
  const waiting = all.filter(({ prerequisites }) => prerequisites.includes(application));
  return { opened, before: waiting.map((one) => one.application) };
}

/** In the place that the law gives it. What it waits for itself cannot wait for it. */
function opening(project: string, { all, struck: out }: Plan, found: FoundMatter): Opening {
  const { code, name, department, judged } = found;
  const application = applicationId(project, code);
  const there = applying({ all, struck: out });
  const prerequisites = there.flatMap((one) =>
    judged?.after.includes(one.matter) === true ? [one.application] : [],
  );
  const opened = {
    ...{ application, matter: code, matterName: name, stage: stageOf(all, code), department },
    prerequisites,
  };
  applicationIdsMustFit(project, [opened]);
  const before = all.filter(
    (one) =>
      judged?.before.includes(one.matter) === true &&
      !prerequisites.some((prerequisite) => waitsFor(all, prerequisite, one.application)),
  );
  return { opened, before: before.map((one) => one.application) };
}

function struck(
  { registered: { project }, taken = [] }: RegisteredProject,
  plan: Plan,
  found: FoundMatter,
  { department, reason }: { readonly department: string; readonly reason: string },
): ProjectMatterStruck {
  const isFromTemplate = !taken.includes(found.code);
  const { application, matter } = rules.matterMustNotApply(project, plan, found, isFromTemplate);
  const article = found.judged?.article ?? null;
  return {
    type: 'ProjectMatterStruck',
    version: 1,
    data: { project, application, matter, department, reason, article },
  };
}
