import { isDeepStrictEqual } from 'node:util';
import { type Decider, impossible, type Recorded } from '#libs/engine/event-sourcing';
import { templateOf } from './catalogue.definitions.js';
import { type TemplateCommand, type TemplateFacts } from './template.commands.js';
import { type TemplateDefinition, type TemplateEvent } from './catalogue.events.js';
import {
  lighterByLaw,
  mattersMustBeInForce,
  type ProposedRevision,
  refuse,
  revisionMustBeProposedByAnother,
  templateMustBeSound,
} from './catalogue.rules.js';
import { lighterTemplate } from './lighter.rules.js';

/** State of one process template. Projects keep the version they were registered under. */
export type TemplateState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'published';
      readonly template: TemplateDefinition;
      readonly version: number;
      /** A revision that makes it lighter, which another person has to confirm; absent if nobody proposed one. */
      readonly proposedRevision?: ProposedRevision<TemplateDefinition>;
    };

function evolve(state: TemplateState, event: Recorded<TemplateEvent>): TemplateState {
  switch (event.type) {
    case 'TemplatePublished':
      if (state.at === 'published') throw new Error(`${event.stream}: TemplatePublished a second time`);
      return { at: 'published', template: event.data.template, version: 1 };
    case 'TemplateRevised':
      if (state.at === 'absent') throw new Error(`${event.stream}: TemplateRevised before TemplatePublished`);
      return { at: 'published', template: event.data.template, version: event.data.templateVersion };
    case 'TemplateRevisionProposed': {
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before TemplatePublished`);
      const { template: definition, reason, article } = event.data;
      const by = event.metadata.actor.person;
      return { ...state, proposedRevision: { definition, reason, article, by } };
    }
    default:
      return impossible(event);
  }
}

function decide(
  state: TemplateState,
  command: TemplateCommand,
  { standing }: TemplateFacts,
): readonly TemplateEvent[] {
  const code = command.id;
  switch (command.type) {
    case 'PublishTemplate': {
      const template = templateOf(command);
      if (state.at === 'published') {
        return isDeepStrictEqual(state.template, template)
          ? []
          : refuse('template.exists', { code }, 'state');
      }
      templateMustBeSound(template);
      mattersMustBeInForce(template, standing);
      return [{ type: 'TemplatePublished', version: 1, data: { template } }];
    }
    case 'ReviseTemplate': {
      const template = templateOf(command);
      if (state.at === 'absent') return refuse('template.not-published', { code }, 'absent');
      if (isDeepStrictEqual(state.template, template)) return [];
      templateMustBeSound(template);
      mattersMustBeInForce(template, standing);
      const { reason } = command;
      const lighter = lighterTemplate(state.template, template);
      if (lighter.length > 0) {
        const article = lighterByLaw('template', command, lighter);
        return [{ type: 'TemplateRevisionProposed', version: 1, data: { template, reason, article } }];
      }
      const data = { template, templateVersion: state.version + 1, reason };
      return [{ type: 'TemplateRevised', version: 1, data }];
    }
    case 'ConfirmTemplateRevision': {
      if (state.at === 'absent') return refuse('template.not-published', { code }, 'absent');
      const found = revisionMustBeProposedByAnother('template', code, state.proposedRevision, command.meta);
      const { definition: template, reason, article, by: proposedBy } = found;
      mattersMustBeInForce(template, standing);
      const data = { template, templateVersion: state.version + 1, reason, article, proposedBy };
      return [{ type: 'TemplateRevised', version: 1, data }];
    }
    default:
      return impossible(command);
  }
}

/** The rules of one process template: publish, revise, confirm what makes it lighter. */
export const templateDecider: Decider<TemplateState, TemplateCommand, TemplateEvent> = {
  initial: { at: 'absent' },
  decide,
  evolve,
};
