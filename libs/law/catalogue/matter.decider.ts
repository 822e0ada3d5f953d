import { isDeepStrictEqual } from 'node:util';
import { type Decider, defined, impossible, type Recorded } from '#libs/engine/event-sourcing';
import { matterOf } from './catalogue.definitions.js';
import { type MatterCommand, type NoteJurisdiction, type ReviseMatter } from './catalogue.commands.js';
import { type MatterDefinition, type MatterEvent } from './catalogue.events.js';
import {
  citedArticle,
  lighterByLaw,
  matterMustBePublishable,
  mustBeProposedByAnother,
  refuse,
  revisionMustBeProposedByAnother,
  validityMayNotOverlap,
} from './catalogue.rules.js';
import { lighterMatter } from './lighter.rules.js';
import { type MatterState, type MatterVersion } from './matter.state.js';

function evolve(state: MatterState, event: Recorded<MatterEvent>): MatterState {
  if (event.type === 'MatterPublished') {
    if (state.at !== 'absent') throw new Error(`${event.stream}: MatterPublished a second time`);
    return { at: 'in-force', matter: event.data.matter, version: 1, earlier: [] };
  }
  if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before MatterPublished`);
  switch (event.type) {
    case 'MatterRevised': {
      if (state.at === 'abolished') throw new Error(`${event.stream}: MatterRevised after MatterAbolished`);
      const { matter, version, earlier } = state;
      return {
        at: 'in-force',
        matter: event.data.matter,
        version: event.data.matterVersion,
        earlier: [...earlier, { matter, version }],
      };
    }
    case 'RevisionProposed': {
      if (state.at === 'abolished') throw new Error(`${event.stream}: ${event.type} after MatterAbolished`);
      const { matter: definition, reason, article } = event.data;
      const by = event.metadata.actor.person;
      return { ...state, proposedRevision: { definition, reason, article, by } };
    }
    case 'JurisdictionNoted':
      return state;
    case 'AbolitionProposed': {
      if (state.at === 'abolished') throw new Error(`${event.stream}: ${event.type} after MatterAbolished`);
      const { reason, article } = event.data;
      return { ...state, proposed: { reason, article, by: event.metadata.actor.person } };
    }
    case 'MatterAbolished':
      return { at: 'abolished', matter: state.matter, version: state.version, reason: event.data.reason };
    default:
      return impossible(event);
  }
}

/** A revision leaves the line, the rules of time, opinions, a personal qualification and receivers as they were unless it names them. */
function revised(state: MatterState, command: ReviseMatter): MatterDefinition {
  const { line, clock, consults, personalQualification, receivedBy } =
    state.at === 'in-force' ? state.matter : {};
  return matterOf(
    command,
    defined({
      line: command.line === undefined ? line : command.line,
      clock: command.clock === undefined ? clock : command.clock,
      personalQualification: command.personalQualification ?? personalQualification,
      receivedBy: command.receivedBy ?? receivedBy,
      consults: command.consults === undefined ? consults : command.consults,
    }),
  );
}

/** What makes the matter lighter waits for a second person; what comes with the files of the installation does not. */
function revision(
  state: Pick<MatterVersion, 'matter' | 'version'>,
  matter: MatterDefinition,
  command: ReviseMatter,
): MatterEvent {
  const { reason, agreed, meta } = command;
  const lighter = meta.actor.role === 'system' || agreed ? [] : lighterMatter(state.matter, matter);
  if (lighter.length > 0) {
    const article = lighterByLaw('matter', command, lighter);
    return { type: 'RevisionProposed', version: 1, data: { matter, reason, article } };
  }
  const data = { matter, matterVersion: state.version + 1, reason, ...agreed };
  return { type: 'MatterRevised', version: 1, data };
}

/** An abolished matter stays on the register, and what was ruled about it is found there. */
function note(
  state: MatterState,
  { id: code, dispute, application, department, article, note }: NoteJurisdiction,
): MatterEvent {
  if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
  const data = { code, dispute, application, department, article, note };
  return { type: 'JurisdictionNoted', version: 1, data };
}

function decide(state: MatterState, command: MatterCommand): readonly MatterEvent[] {
  const code = command.id;
  if (command.type === 'NoteJurisdiction') return [note(state, command)];
  if (state.at === 'abolished') return refuse('matter.abolished', { code, reason: state.reason }, 'state');
  switch (command.type) {
    case 'PublishMatter': {
      const matter = matterOf(command);
      matterMustBePublishable(matter);
      if (state.at === 'absent') return [{ type: 'MatterPublished', version: 1, data: { matter } }];
      return isDeepStrictEqual(state.matter, matter) ? [] : refuse('matter.exists', { code }, 'state');
    }
    case 'ReviseMatter': {
      const matter = revised(state, command);
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      matterMustBePublishable(matter);
      if (isDeepStrictEqual(state.matter, matter)) return [];
      validityMayNotOverlap(state.matter, matter);
      return [revision(state, matter, command)];
    }
    case 'ConfirmRevision': {
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      const found = revisionMustBeProposedByAnother('matter', code, state.proposedRevision, command.meta);
      const { definition: matter, reason, article, by: proposedBy } = found;
      const data = { matter, matterVersion: state.version + 1, reason, article, proposedBy };
      return [{ type: 'MatterRevised', version: 1, data }];
    }
    case 'AbolishMatter':
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      return [
        {
          type: 'AbolitionProposed',
          version: 1,
          data: { code, reason: command.reason, article: citedArticle(command) },
        },
      ];
    case 'ConfirmAbolition': {
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      const { reason, article, by } = mustBeProposedByAnother(code, state.proposed, command.meta);
      const data = { code, reason, article, proposedBy: by };
      return [{ type: 'MatterAbolished', version: 1, data }];
    }
    default:
      return impossible(command);
  }
}

/** The rules of one approval matter: publish, revise, abolish, note what was ruled about it. */
export const matterDecider: Decider<MatterState, MatterCommand, MatterEvent> = {
  initial: { at: 'absent' },
  decide,
  evolve,
};
