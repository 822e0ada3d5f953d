import { type ShownClock } from './application.clock-updates.js';
import { type ShownWays } from './application.ways-updates.js';
import {
  type DueDates,
  type EscalationLevel,
  type Holder,
  type Terms,
} from '../application/application.events.js';
import { type Stage } from '../application/application.state.js';
import { type DeadlineDays } from './open-deadlines.js';
import { type Procedure } from './procedure.js';

/** One application as it stands: the row of every worklist. Instants are ISO 8601 in UTC, revisions strings. */
export type ApplicationDocument = ShownClock &
  ShownWays &
  Procedure & {
    readonly id: string;
    readonly project: string;
    readonly projectName: string;
    readonly region: string;
    /** The region and all it rolls up to, `000000` (everywhere) first. */
    readonly regions: readonly string[];
    readonly matter: string;
    readonly matterName: string;
    readonly matterVersion: number;
    /** The deciding department; null for a joint matter. */
    readonly department: string | null;
    /** Whose worklist it is on: the holder's department, and while the applicant holds it the deciding one. */
    readonly responsible: string | null;
    readonly applicant: string;
    readonly channel: string | null;
    readonly stage: Exclude<Stage, 'absent'>;
    /** Not ended: neither decided, closed, withdrawn nor refused acceptance. */
    readonly open: boolean;
    readonly holder: Holder | null;
    readonly heldSince: string | null;
    /** The holder's account; null when a post or a department as such holds the case. */
    readonly person: string | null;
    readonly reviewer: string | null;
    /** Id of the open dispute over whose it is (职能争议); left out while there is none. */
    readonly dispute?: string;
    readonly submittedAt: string;
    /** Receipt of what the applicant handed in last: the term of the one-time notice runs from here. */
    readonly materialsAt: string;
    readonly acceptedAt: string | null;
    readonly endedAt: string | null;
    readonly deliveredAt: string | null;
    /** `granted`, `refused`, `not-accepted`, `withdrawn`, or the outcome a closure gives; null while open. */
    readonly outcome: string | null;
    readonly terms: Terms;
    /** An end promised by an imported log, which stands in place of the computed one. */
    readonly promisedEnd: string | null;
    readonly due: DueDates;
    /** The promised end, else the statutory one, else NO_DUE_DATE. */
    readonly dueAt: string;
    /** The legal days by which tallies count it; null without a term. */
    readonly deadline: DeadlineDays | null;
    readonly latePromised: boolean | null;
    readonly lateStatutory: boolean | null;
    readonly escalation: EscalationLevel | null;
    readonly supplementRounds: number;
    readonly returnRounds: number;
    readonly steps: number;
    readonly lastStep: string | null;
    readonly revision: string;
  };
