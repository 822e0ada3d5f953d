import { type MatterDefinition } from './catalogue.events.js';
import { type Proposal, type ProposedRevision } from './catalogue.rules.js';

/** One version of a matter; it is in force from its first day until that of the next. */
export type MatterVersion = { readonly matter: MatterDefinition; readonly version: number };

/**
 * State of one approval matter: its latest version, and those before it. An abolished one keeps its last definition: it
 * stays on the register.
 */
export type MatterState =
  | { readonly at: 'absent' }
  | (MatterVersion & {
      readonly at: 'in-force';
      readonly earlier: readonly MatterVersion[];
      /** That it goes, which another person has to confirm; absent if nobody proposed it. */
      readonly proposed?: Proposal;
      /** A revision that makes it lighter, which another person has to confirm; absent if nobody proposed one. */
      readonly proposedRevision?: ProposedRevision<MatterDefinition>;
    })
  | {
      readonly at: 'abolished';
      readonly matter: MatterDefinition;
      readonly version: number;
      readonly reason: string;
    };

/**
 * The version in force on a legal day (YYYY-MM-DD): the latest of those whose first day has come. Null before the first,
 * and for a matter that is not published or was abolished.
 */
export function matterOn(state: MatterState, day: string): MatterVersion | null {
  if (state.at !== 'in-force') return null;
  const { matter, version, earlier } = state;
  return [...earlier, { matter, version }].findLast((one) => one.matter.effectiveFrom <= day) ?? null;
}
