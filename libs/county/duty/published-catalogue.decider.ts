import { isDeepStrictEqual } from 'node:util';
import { type Decider, impossible } from '#libs/engine/event-sourcing';
import { type CatalogueCommand } from './duty.commands.js';
import { type CatalogueEvent, type CataloguePublished } from './duty.events.js';
import { everyMatterNeedsAPerson, mustBeADay, refuse } from './duty.rules.js';

export type PublishedCatalogueState =
  { readonly at: 'absent' } | { readonly at: 'published'; readonly published: CataloguePublished['data'] };

/** One publication of the whole catalogue. */
export const publishedCatalogueDecider: Decider<PublishedCatalogueState, CatalogueCommand, CatalogueEvent> = {
  initial: { at: 'absent' },

  decide(state, command, facts) {
    const { id: catalogue, note = null } = command;
    const effectiveFrom = mustBeADay('effectiveFrom', command.effectiveFrom);
    everyMatterNeedsAPerson(command, facts);
    const data = { catalogue, effectiveFrom, note, entries: facts.entries };
    if (state.at === 'absent') return [{ type: 'CataloguePublished', version: 1, data }];
    if (isDeepStrictEqual(state.published, data)) return [];
    return refuse('catalogue.exists', { catalogue }, 'state');
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CataloguePublished':
        if (state.at === 'published') throw new Error(`${event.stream}: CataloguePublished a second time`);
        return { at: 'published', published: event.data };
      default:
        return impossible(event.type);
    }
  },
};
