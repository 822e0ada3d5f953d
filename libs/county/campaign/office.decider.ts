import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import { departmentsMustStand, mustBeADay, mustNotEndBefore, todayOf } from './campaign.refusal.js';
import { type OfficeCommand } from './office.commands.js';
import { type OfficeEvent, type OfficeState } from './office.events.js';
import * as rules from './office.rules.js';

/** The campaign's office (攻坚办公室), which several departments may run together (发改局与政府办共同筹备). */
export const officeDecider: Decider<OfficeState, OfficeCommand, OfficeEvent> = {
  initial: { terms: [] },

  decide: decideBy({
    AssignCampaignOffice(state, command, { unknown }) {
      const { id: department, reason = null, meta } = command;
      departmentsMustStand('id', unknown);
      const from = mustBeADay('from', command.from ?? todayOf(meta));
      const until = command.until ?? null;
      if (until !== null) mustNotEndBefore(from, mustBeADay('until', until));
      rules.mustNotBeAssigned(state, { department, from, until });
      const data = { department, from, until, reason };
      return [{ type: 'CampaignOfficeAssigned', version: 1, data }];
    },
    EndCampaignOffice(state, command) {
      const { id: department, reason = null, meta } = command;
      const until = mustBeADay('until', command.until ?? todayOf(meta));
      const last = rules.mustBeAssigned(state, department);
      mustNotEndBefore(last.from, until);
      if (last.until !== null && last.until <= until) return [];
      return [{ type: 'CampaignOfficeEnded', version: 1, data: { department, until, reason } }];
    },
  }),

  evolve({ terms }, event) {
    switch (event.type) {
      case 'CampaignOfficeAssigned': {
        const { department, from, until } = event.data;
        return { terms: [...terms, { department, from, until }] };
      }
      case 'CampaignOfficeEnded': {
        const { department, until } = event.data;
        const ended = terms.findLastIndex((term) => term.department === department);
        return { terms: terms.map((term, index) => (index === ended ? { ...term, until } : term)) };
      }
      default:
        return impossible(event);
    }
  },
};
