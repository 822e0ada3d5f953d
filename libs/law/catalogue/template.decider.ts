import { isDeepStrictEqual } from 'node:util';
import { type Decider, impossible, type Recorded } from '#libs/engine/event-sourcing';
import { templateOf } from './catalogue.definitions.js';
import { type TemplateCommand, type TemplateFacts } from './catalogue.commands.js';
import { type TemplateDefinition, type TemplateEvent } from './catalogue.events.js';
import { mattersMustBeInForce, refuse, templateMustBeSound } from './catalogue.rules.js';

/** State of one process template. Projects keep the version they were registered under. */
export type TemplateState =
  | { readonly at: 'absent' }
  | { readonly at: 'published'; readonly template: TemplateDefinition; readonly version: number };

function evolve(state: TemplateState, event: Recorded<TemplateEvent>): TemplateState {
  switch (event.type) {
    case 'TemplatePublished':
      if (state.at === 'published') throw new Error(`${event.stream}: TemplatePublished a second time`);
      return { at: 'published', template: event.data.template, version: 1 };
    case 'TemplateRevised':
      if (state.at === 'absent') throw new Error(`${event.stream}: TemplateRevised before TemplatePublished`);
      return { at: 'published', template: event.data.template, version: event.data.templateVersion };
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
  const template = templateOf(command);
  switch (command.type) {
    case 'PublishTemplate':
      if (state.at === 'published') {
        return isDeepStrictEqual(state.template, template)
          ? []
          : refuse('template.exists', { code }, 'state');
      }
      templateMustBeSound(template);
      mattersMustBeInForce(template, standing);
      return [{ type: 'TemplatePublished', version: 1, data: { template } }];
    case 'ReviseTemplate': {
      if (state.at === 'absent') return refuse('template.not-published', { code }, 'absent');
      if (isDeepStrictEqual(state.template, template)) return [];
      templateMustBeSound(template);
      mattersMustBeInForce(template, standing);
      const data = { template, templateVersion: state.version + 1, reason: command.reason };
      return [{ type: 'TemplateRevised', version: 1, data }];
    }
    default:
      return impossible(command);
  }
}

/** The rules of one process template: publish, revise. */
export const templateDecider: Decider<TemplateState, TemplateCommand, TemplateEvent> = {
  initial: { at: 'absent' },
  decide,
  evolve,
};
