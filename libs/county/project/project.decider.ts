import {
  decideBy,
  type Decider,
  type Decisions,
  impossible,
  type Recorded,
} from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';
import { givePreReview, requestPreReview } from './pre-review.acts.js';
import { mustBeItsApplicant } from './pre-review.rules.js';
import {
  type ApplicantFacts,
  type CorrectApplicant,
  type NameApplicant,
  type NamingFacts,
  type ProjectCommand,
  type RegisterProject,
  type RegistrationFacts,
} from './project.commands.js';
import {
  type ApplicantCorrected,
  type ApplicantNamed,
  CAMPAIGNS,
  type ProjectEvent,
  type ProjectRegistered,
} from './project.events.js';
import {
  applicantMustBeNamed,
  applicantOf,
  mayCorrectApplicant,
  mayNameApplicant,
  applicationIdsMustFit,
  refuse,
  stageMustExist,
  stageMustNotBeSubmitted,
  templateMustExist,
} from './project.rules.js';
import { addMatter, answerQuestionnaire, confirmMatters, strikeMatter } from './project-matters.acts.js';
import { type ProjectMatterAdded, type ProjectMatterStruck } from './project-matters.events.js';
import { applying, withAdded, withStruck } from './project-plan.js';
import { planOf, type ProjectState, type RegisteredProject } from './project.state.js';

/** 本溪满族自治县, where nothing else is said. */
const DEFAULT_REGION = '210521';

function evolve(state: ProjectState, event: Recorded<ProjectEvent>): ProjectState {
  switch (event.type) {
    case 'ProjectRegistered':
      if (state.at === 'registered') throw new Error(`${event.stream}: ${event.type} a second time`);
      return { at: 'registered', registered: event.data, ...registrarOf(event), key: null, campaigns: [] };
    case 'ApplicantNamed':
    case 'ApplicantCorrected': {
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      return { ...state, registered: { ...state.registered, applicant: event.data.applicant } };
    }
    case 'KeyProjectDesignated': {
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      const { leader, reason } = event.data;
      return { ...state, key: { leader, reason } };
    }
    case 'PreReviewRequested':
    case 'PreReviewGiven': {
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      const others = (state.asked ?? []).filter((matter) => matter !== event.data.matter);
      return { ...state, asked: event.type === 'PreReviewGiven' ? others : [...others, event.data.matter] };
    }
    case 'QuestionnaireAnswered':
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      return { ...state, answers: event.data.answers };
    case 'ProjectMatterAdded':
    case 'ProjectMatterStruck':
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      return withMatters(state, event);
    case 'StageSubmitted':
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      return state;
    case 'ProjectTagged':
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ProjectRegistered`);
      return { ...state, campaigns: event.data.campaigns };
    default:
      return impossible(event);
  }
}

/** The applications of a project are those of the matters that apply to it. */
function withMatters(
  state: RegisteredProject,
  event: Recorded<ProjectMatterAdded | ProjectMatterStruck>,
): RegisteredProject {
  const before = planOf(state);
  const isAdded = event.type === 'ProjectMatterAdded';
  const plan = isAdded ? withAdded(before, event.data) : withStruck(before, event.data);
  const isNew = isAdded && plan.all.length > before.all.length;
  return {
    ...state,
    registered: { ...state.registered, applications: applying(plan) },
    plan,
    ...(isNew && { taken: [...(state.taken ?? []), event.data.opened.matter] }),
  };
}

/** An applicant and their agent register what is theirs: no office decides on the applicant. */
function registrarOf({ metadata: { actor } }: Recorded<ProjectRegistered>): { registrar?: string | null } {
  return isOutside(actor.role) ? {} : { registrar: actor.department };
}

function register(command: RegisterProject, facts: RegistrationFacts): ProjectRegistered {
  const { templateVersion, applications } = templateMustExist(command, facts);
  applicationIdsMustFit(command.id, applications);
  return {
    type: 'ProjectRegistered',
    version: 2,
    data: {
      project: command.id,
      name: command.name,
      template: command.template,
      templateVersion,
      region: command.region ?? DEFAULT_REGION,
      nationalCode: command.nationalCode ?? null,
      applicant: applicantOf(command),
      investment: command.investment ?? null,
      source: command.source ?? null,
      applications,
    },
  };
}

/** Naming again who is the applicant already adds nothing. */
function nameApplicant(
  state: RegisteredProject,
  command: NameApplicant,
  facts: NamingFacts,
): ApplicantNamed[] {
  const { registered } = state;
  mayNameApplicant(state, command, facts);
  const applicant = applicantMustBeNamed(command);
  const project = command.id;
  if (registered.applicant === applicant) return [];
  if (registered.applicant !== null) return refuse('project.applicant-known', { project }, 'state');
  return [{ type: 'ApplicantNamed', version: 1, data: { project, applicant } }];
}

/** Correcting to whom it is already adds nothing. */
function correctApplicant(
  state: RegisteredProject,
  command: CorrectApplicant,
  facts: ApplicantFacts,
): ApplicantCorrected[] {
  const { id: project, applicant, reason } = command;
  mayNameApplicant(state, command, facts);
  const from = mayCorrectApplicant(state, facts);
  if (from === applicant) return [];
  return [{ type: 'ApplicantCorrected', version: 1, data: { project, from, applicant, reason } }];
}

function mustBeRegistered(state: ProjectState, { id: project }: ProjectCommand): RegisteredProject {
  return state.at === 'absent' ? refuse('project.not-registered', { project }, 'absent') : state;
}

const DECISIONS: Decisions<ProjectState, ProjectCommand, ProjectEvent> = {
  RegisterProject(state, command, facts) {
    if (state.at === 'registered') return refuse('project.exists', { project: command.id }, 'state');
    return [register(command, facts)];
  },
  NameApplicant: (state, command, facts) => nameApplicant(mustBeRegistered(state, command), command, facts),
  CorrectApplicant: (state, command, facts) =>
    correctApplicant(mustBeRegistered(state, command), command, facts),
  DesignateKeyProject(state, command) {
    const { key } = mustBeRegistered(state, command);
    const { id: project, leader, reason } = command;
    if (key?.leader === leader && key.reason === reason) return [];
    return [{ type: 'KeyProjectDesignated', version: 1, data: { project, leader, reason } }];
  },
  RequestPreReview: (state, command, facts) => [
    requestPreReview(mustBeRegistered(state, command).registered, command, facts),
  ],
  GivePreReview(state, command, facts) {
    const { registered, asked = [] } = mustBeRegistered(state, command);
    return [givePreReview(registered, asked, command, facts)];
  },
  SubmitStage(state, command, facts) {
    const { registered } = mustBeRegistered(state, command);
    const { id: project, stage, meta } = command;
    mustBeItsApplicant(registered, meta);
    stageMustExist(registered, stage);
    stageMustNotBeSubmitted(command, facts);
    return [{ type: 'StageSubmitted', version: 1, data: { project, stage, ...facts } }];
  },
  AnswerQuestionnaire: (state, command, facts) =>
    answerQuestionnaire(mustBeRegistered(state, command), command, facts),
  AddMatter: (state, command, facts) => addMatter(mustBeRegistered(state, command), command, facts),
  StrikeMatter: (state, command, facts) => strikeMatter(mustBeRegistered(state, command), command, facts),
  ConfirmProposedMatters: (state, command, facts) =>
    confirmMatters(mustBeRegistered(state, command), command, facts),
  TagProject(state, command) {
    const present = mustBeRegistered(state, command).campaigns;
    const campaigns = CAMPAIGNS.filter((campaign) => command.campaigns.includes(campaign));
    if (campaigns.join() === present.join()) return [];
    return [{ type: 'ProjectTagged', version: 1, data: { project: command.id, campaigns } }];
  },
};

/** The rules of one project: registered once, key project and tagged when the campaign office says so. */
export const projectDecider: Decider<ProjectState, ProjectCommand, ProjectEvent> = {
  initial: { at: 'absent' },
  decide: decideBy(DECISIONS),
  evolve,
};
