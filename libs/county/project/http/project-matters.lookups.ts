import { competentOn } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { isAnswer, judgedMatter, MATTER_STREAM, matterOn } from '#libs/law/catalogue';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { lookup } from '#libs/shell/nest';
import { applicationId } from '../application-id.js';
import {
  AddMatter,
  AnswerQuestionnaire,
  ConfirmProposedMatters,
  type FoundMatter,
  type MatterFacts,
  StrikeMatter,
} from '../project-matters.commands.js';
import { planOf, type ProjectState } from '../project.state.js';
import { PROJECT_STREAM } from '../project.tokens.js';
import { type ProjectStores } from './project-stores.js';

type Named = { readonly id: string; readonly meta: CommandMeta };

/** Whose business a project is today, after the reforms: that of the departments of its matters, and of the registrar. */
async function departmentsOf(
  state: ProjectState,
  meta: CommandMeta,
  { departments }: ProjectStores,
): Promise<readonly string[]> {
  if (state.at === 'absent') return [];
  const named = [...planOf(state).all.map(({ department }) => department), state.registrar ?? null];
  const today = dayOf(meta.now);
  const found = await Promise.all([...new Set(named)].map((one) => competentOn(departments, one, today)));
  return [...new Set(found.flatMap((one) => (one === null ? [] : [one])))];
}

export const questionnaire = lookup(
  AnswerQuestionnaire,
  async ({ id, answers, meta }, stores: ProjectStores) => {
    const { version, questions } = stores.questionnaire;
    const { state } = await stores.projects.load(PROJECT_STREAM + id);
    const asked = answers.map(({ question }) => questions.find((one) => one.id === question) ?? null);
    const places = [...answers.keys()];
    const isWrong = (index: number): boolean => {
      const question = asked[index] ?? null;
      return question !== null && !isAnswer(question, answers[index]?.answer ?? '');
    };
    return {
      version,
      unknown: places.filter((index) => asked[index] === null),
      wrong: places.filter(isWrong),
      departments: await departmentsOf(state, meta, stores),
    };
  },
);

async function factsOf(
  { id, meta }: Named,
  codes: readonly string[],
  stores: ProjectStores,
): Promise<MatterFacts> {
  const { state } = await stores.projects.load(PROJECT_STREAM + id);
  const answers = state.at === 'absent' ? {} : (state.answers ?? {});
  const day = dayOf(meta.occurredAt);
  const matters = await Promise.all(
    codes.map(async (code): Promise<FoundMatter> => {
      const { state: matter } = await stores.matters.load(MATTER_STREAM + code);
      const version = matterOn(matter, day)?.matter ?? null;
      const submitted = await stores.applications.submitted(applicationId(id, code), day);
      return {
        code,
        at: matter.at === 'in-force' && version === null ? 'not-in-force' : matter.at,
        name: matter.at === 'absent' ? '' : (version ?? matter.matter).name,
        department: await competentOn(stores.departments, version?.department ?? null, day),
        applied: submitted.length > 0,
        judged: judgedMatter(stores.questionnaire, answers, code),
      };
    }),
  );
  return { matters, departments: await departmentsOf(state, meta, stores) };
}

export const matterAddition = lookup(AddMatter, (command, stores: ProjectStores) =>
  factsOf(command, [command.matter], stores),
);

export const matterStrike = lookup(StrikeMatter, (command, stores: ProjectStores) =>
  factsOf(command, [command.matter], stores),
);

export const confirmation = lookup(ConfirmProposedMatters, (command, stores: ProjectStores) =>
  factsOf(command, [...command.add, ...command.strike], stores),
);
