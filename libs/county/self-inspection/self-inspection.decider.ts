import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import { type ReportSelfInspection, type SelfInspectionCommand } from './self-inspection.commands.js';
import { type SelfInspectionEvent, type SelfInspectionReported } from './self-inspection.events.js';
import * as rules from './self-inspection.rules.js';

/** One report: what it says stays. Of a day a department reports once. */
export type SelfInspectionState =
  { readonly at: 'absent' } | { readonly at: 'reported'; readonly reported: SelfInspectionReported['data'] };

function report(state: SelfInspectionState, command: ReportSelfInspection): SelfInspectionEvent {
  const { id: report, from, to, figures, findings, measures = null, meta } = command;
  const department = rules.departmentOf(meta);
  if (state.at !== 'absent') return rules.refuse('self-inspection.exists', { report }, 'state');
  rules.spanMustBeOver({ from, to }, meta);
  const data = { report, department, from, to, figures: rules.claimed(figures), findings, measures };
  return { type: 'SelfInspectionReported', version: 1, data };
}

/** The rules of one self-inspection (自查): a department's own figures over days that are over. */
export const selfInspectionDecider: Decider<SelfInspectionState, SelfInspectionCommand, SelfInspectionEvent> =
  {
    initial: { at: 'absent' },

    decide: decideBy({
      ReportSelfInspection: (state, command) => [report(state, command)],
    }),

    evolve(state, event) {
      switch (event.type) {
        case 'SelfInspectionReported':
          if (state.at !== 'absent') throw new Error(`${event.stream}: ${event.type} a second time`);
          return { at: 'reported', reported: event.data };
        default:
          return impossible(event.type);
      }
    },
  };
