import { isDeepStrictEqual } from 'node:util';
import { type Decider, impossible, type Recorded } from '#libs/event-sourcing';
import { type MatterCommand, matterOf } from './catalogue.commands.js';
import { type MatterDefinition, type MatterEvent } from './catalogue.events.js';
import { matterMustBePublishable, refuse } from './catalogue.rules.js';

/** State of one approval matter. An abolished one keeps its last definition: it stays on the register. */
export type MatterState =
  | { readonly at: 'absent' }
  | { readonly at: 'in-force'; readonly matter: MatterDefinition; readonly version: number }
  | {
      readonly at: 'abolished';
      readonly matter: MatterDefinition;
      readonly version: number;
      readonly reason: string;
    };

function evolve(state: MatterState, event: Recorded<MatterEvent>): MatterState {
  if (event.type === 'MatterPublished') {
    if (state.at !== 'absent') throw new Error(`${event.stream}: MatterPublished a second time`);
    return { at: 'in-force', matter: event.data.matter, version: 1 };
  }
  if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before MatterPublished`);
  switch (event.type) {
    case 'MatterRevised':
      return { at: 'in-force', matter: event.data.matter, version: event.data.matterVersion };
    case 'MatterAbolished':
      return { at: 'abolished', matter: state.matter, version: state.version, reason: event.data.reason };
    default:
      return impossible(event);
  }
}

function decide(state: MatterState, command: MatterCommand): readonly MatterEvent[] {
  const code = command.id;
  if (state.at === 'abolished') return refuse('matter.abolished', { code, reason: state.reason }, 'state');
  switch (command.type) {
    case 'PublishMatter': {
      const matter = matterOf(command);
      matterMustBePublishable(matter);
      if (state.at === 'absent') return [{ type: 'MatterPublished', version: 1, data: { matter } }];
      return isDeepStrictEqual(state.matter, matter) ? [] : refuse('matter.exists', { code }, 'state');
    }
    case 'ReviseMatter': {
      const matter = matterOf(command);
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      matterMustBePublishable(matter);
      if (isDeepStrictEqual(state.matter, matter)) return [];
      const data = { matter, matterVersion: state.version + 1, reason: command.reason };
      return [{ type: 'MatterRevised', version: 1, data }];
    }
    case 'AbolishMatter':
      if (state.at === 'absent') return refuse('matter.not-published', { code }, 'absent');
      return [{ type: 'MatterAbolished', version: 1, data: { code, reason: command.reason } }];
    default:
      return impossible(command);
  }
}

/** The rules of one approval matter: publish, revise, abolish. */
export const matterDecider: Decider<MatterState, MatterCommand, MatterEvent> = {
  initial: { at: 'absent' },
  decide,
  evolve,
};
