import { type Decider, impossible, type Recorded } from '#libs/engine/event-sourcing';
import { givePreReview, requestPreReview } from './pre-review.acts.js';
import { mustBeItsApplicant } from './pre-review.rules.js';
import {
  type CorrectApplicant,
  type NameApplicant,
  type ProjectCommand,
  type RegisterProject,
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
import { type ProjectState, type RegisteredProject } from './project.state.js';

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

/** An applicant and their agent register what is theirs: no office decides on the applicant. */
function registrarOf({ metadata: { actor } }: Recorded<ProjectRegistered>): { registrar?: string | null } {
  return actor.role === 'applicant' || actor.role === 'agent' ? {} : { registrar: actor.department };
}

function register(command: RegisterProject): ProjectRegistered {
  const { templateVersion, applications } = templateMustExist(command);
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
function nameApplicant(state: RegisteredProject, command: NameApplicant): ApplicantNamed[] {
  const { registered } = state;
  mayNameApplicant(state, command);
  const applicant = applicantMustBeNamed(command);
  const project = command.id;
  if (registered.applicant === applicant) return [];
  if (registered.applicant !== null) return refuse('project.applicant-known', { project }, 'state');
  return [{ type: 'ApplicantNamed', version: 1, data: { project, applicant } }];
}

/** Correcting to the present applicant adds nothing. */
function correctApplicant(state: RegisteredProject, command: CorrectApplicant): ApplicantCorrected[] {
  const { id: project, applicant, reason } = command;
  mayNameApplicant(state, command);
  const from = mayCorrectApplicant(state, command);
  if (from === applicant) return [];
  return [{ type: 'ApplicantCorrected', version: 1, data: { project, from, applicant, reason } }];
}

function decide(state: ProjectState, command: ProjectCommand): readonly ProjectEvent[] {
  const project = command.id;
  switch (command.type) {
    case 'RegisterProject':
      if (state.at === 'registered') return refuse('project.exists', { project }, 'state');
      return [register(command)];
    case 'NameApplicant':
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      return nameApplicant(state, command);
    case 'CorrectApplicant':
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      return correctApplicant(state, command);
    case 'DesignateKeyProject': {
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      const { leader, reason } = command;
      if (state.key?.leader === leader && state.key.reason === reason) return [];
      return [{ type: 'KeyProjectDesignated', version: 1, data: { project, leader, reason } }];
    }
    case 'RequestPreReview':
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      return [requestPreReview(state.registered, command)];
    case 'GivePreReview':
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      return [givePreReview(state.registered, state.asked ?? [], command)];
    case 'SubmitStage': {
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      mustBeItsApplicant(state.registered, command.meta);
      stageMustExist(state.registered, command.stage);
      stageMustNotBeSubmitted(command);
      return [
        { type: 'StageSubmitted', version: 1, data: { project, stage: command.stage, ...command.form } },
      ];
    }
    case 'TagProject': {
      if (state.at === 'absent') return refuse('project.not-registered', { project }, 'absent');
      const campaigns = CAMPAIGNS.filter((campaign) => command.campaigns.includes(campaign));
      if (campaigns.join() === state.campaigns.join()) return [];
      return [{ type: 'ProjectTagged', version: 1, data: { project, campaigns } }];
    }
    default:
      return impossible(command);
  }
}

/** The rules of one project: registered once, key project and tagged when the campaign office says so. */
export const projectDecider: Decider<ProjectState, ProjectCommand, ProjectEvent> = {
  initial: { at: 'absent' },
  decide,
  evolve,
};
