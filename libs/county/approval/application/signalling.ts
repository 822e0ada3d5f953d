import { cited, licensing } from '#libs/law/citations';
import { commandDigest, eventIdOf, type Informed, isImported } from '#libs/engine/event-sourcing';
import { dayOf, numberOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { type SubmittedApplication } from '../core/facts.js';
import { isGovernment } from '../core/holder.js';
import { mustBeAnInstant } from '../core/times.rules.js';
import { type ApprovalFacts } from '../decision/decision.commands.js';
import { type ReturnFacts } from '../handling/handling.commands.js';
import { type ApplicationReturned, type ApplicationTransferred } from '../handling/handling.events.js';
import { type SignalSettings } from '../signals/signal-settings.js';
import { type FlagIdleHolder } from '../signals/signals.commands.js';
import { type SignalEvent } from '../signals/signals.events.js';
import { type RequestSupplement } from '../intake/intake.commands.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { isOfType } from './of-type.js';
import { type Application, type ApplicationState } from './application.state.js';
import { cycleOf, sameReason } from './trail.js';

export interface SignalTables {
  readonly calendar: WorkingCalendar;
  /** Without one, nothing counts as a back-entry. */
  readonly policy?: Pick<SignalSettings, 'backEntryWorkingDays'>;
}

type Situation = SignalTables &
  Informed<ApplicationCommand> & {
    readonly state: ApplicationState;
    readonly act: ApplicationEvent;
  };

/**
 * The signals of what a command brought about. An imported log raises none unless findings on it are wanted, and never one of
 * having been typed in late: that was a machine.
 */
export function signalsOf(
  state: ApplicationState,
  sent: Informed<ApplicationCommand>,
  [act]: readonly ApplicationEvent[],
  tables: SignalTables,
): readonly SignalEvent[] {
  const { meta } = sent.command;
  if (act === undefined || (isImported(meta) && meta.findings !== true)) return [];
  const situation = { state, ...sent, act, ...tables };
  const late = isImported(meta) ? [] : backEntry(situation);
  if (state.at === 'absent') return late;
  return [...ofAct(situation, state), ...late];
}

/** Id that the first event of a command gets when it is stored. */
const ownId = ({ command }: Situation): string => eventIdOf(command.meta, commandDigest(command), 0);

type Common = { readonly application: string; readonly project: string; readonly department: string | null };

const common = ({ application, project, department, holder }: SubmittedApplication): Common => ({
  application,
  project,
  department: department ?? holder?.department ?? null,
});

function ofAct(situation: Situation, state: SubmittedApplication): readonly SignalEvent[] {
  const { act } = situation;
  if (act.type === 'SupplementRequested' && isOfType(situation, 'RequestSupplement'))
    return ofNotice(situation, state, act.data.round, outsideCatalogue(situation));
  if (act.type === 'ApplicationReturned' && isOfType(situation, 'ReturnApplication'))
    return ofReturn(situation, state, act.data, situation.facts);
  if (act.type === 'ApplicationTransferred' && isOfType(situation, 'TransferApplication'))
    return ofTransfer(situation, state, act.data, situation.facts.openedBy);
  if (act.type === 'ApplicationApproved' && isOfType(situation, 'ApproveApplication'))
    return ofApproval(situation, state, act.data.clock.stoppedAt, situation.facts.granted);
  return [];
}

function ofNotice(
  situation: Situation,
  state: Application,
  round: number,
  unknown: readonly string[],
): readonly SignalEvent[] {
  const of = common(state);
  const signals: SignalEvent[] = [];
  if (round > 1) {
    const evidence = [...(state.trail?.supplements ?? []), ownId(situation)];
    signals.push(signal('RepeatedSupplementFlagged', 2, { ...of, evidence, article: ART_72, round }));
  }
  if (unknown.length > 0) {
    const evidence = [ownId(situation)];
    signals.push(
      signal('NonCatalogueMaterialFlagged', 1, { ...of, evidence, article: ART_31, materials: unknown }),
    );
  }
  return signals;
}

/** Only what is done here is a deviation on record; that a return of an imported log rests on no law is a finding on it all the same. */
function ofReturn(
  situation: Situation,
  state: Application,
  { reason, article, round }: ApplicationReturned['data'],
  { restsOnOwnLaw }: ReturnFacts,
): readonly SignalEvent[] {
  const of = common(state);
  const own = ownId(situation);
  const signals: SignalEvent[] = [];
  if (!restsOnOwnLaw) {
    signals.push(signal('ReturnWithoutArticleFlagged', 1, { ...of, evidence: [own], article, round }));
  }
  const before = state.trail?.returns.filter((one) => sameReason(one.reason, reason)) ?? [];
  if (before.length > 0) {
    const evidence = [...before.map(({ event }) => event), own];
    signals.push(signal('SameReasonFlagged', 1, { ...of, evidence, article: ART_72, reason, round }));
  }
  return signals;
}

function ofTransfer(
  situation: Situation,
  state: Application,
  { from, to: { department: to } }: ApplicationTransferred['data'],
  opened: string | null,
): readonly SignalEvent[] {
  if (from === null || !state.trail) return [];
  const evidence = cycleOf(state.trail, { event: ownId(situation), from, to }, opened);
  if (evidence === null) return [];
  return [
    signal('BuckPassingDetected', 1, { ...common(state), evidence, article: null, departments: [from, to] }),
  ];
}

function ofApproval(
  situation: Situation,
  state: Application,
  approvedAt: string,
  granted: ApprovalFacts['granted'],
): readonly SignalEvent[] {
  const prerequisites = granted
    .filter(({ grantedAt }) => grantedAt > approvedAt)
    .map(({ application, matter, grantedAt }) => ({ application, matter, grantedAt }));
  if (prerequisites.length === 0) return [];
  const evidence = [ownId(situation)];
  return [
    signal('ApprovalBeforePrerequisiteFlagged', 1, {
      ...common(state),
      evidence,
      article: ART_69,
      prerequisites,
    }),
  ];
}

/** Not telling everything at once, and demands without end. */
const ART_72 = cited(licensing(72, 4));

/** Nothing unrelated may be demanded. */
const ART_31 = cited(licensing(31));

/** A licence granted in breach of procedure may be revoked. */
const ART_69 = cited(licensing(69, 3));

/**
 * Flags that nothing was done for a number of working days while it was the government's turn. Adds nothing when something has
 * happened since the watch looked.
 */
export function idleHolder(
  state: Application,
  { lastEvent, since, idleWorkingDays, meta }: FlagIdleHolder,
  calendar: WorkingCalendar,
): readonly SignalEvent[] {
  if (state.holder === null || !isGovernment(state.holder)) return [];
  const workingDays = calendar.workingDaysAfter(numberOfDay(dayOf(since)), numberOfDay(dayOf(meta.now)));
  // The last act may have left the application where it was, as an extension does.
  if (state.since > since || workingDays < idleWorkingDays) return [];
  const { holder } = state;
  return [
    signal('IdleHolderFlagged', 1, {
      ...common(state),
      department: holder.department ?? state.department,
      evidence: [lastEvent],
      article: null,
      holder,
      since,
      workingDays,
    }),
  ];
}

/** Materials asked for that the catalogue does not name; a matter without any list on record (未核实) says nothing. */
function outsideCatalogue({
  command: { items },
  facts: { knownMaterials },
}: Informed<RequestSupplement>): readonly string[] {
  if (knownMaterials.length === 0) return [];
  return items
    .map(({ material }) => material)
    .filter((material) => !knownMaterials.some((known) => sameReason(known, material)));
}

function backEntry(situation: Situation): readonly SignalEvent[] {
  const { state, act, command, calendar, policy } = situation;
  const { occurredAt, now } = command.meta;
  if (occurredAt === now) return [];
  mustBeAnInstant('now', now);
  const workingDays = calendar.workingDaysAfter(numberOfDay(dayOf(occurredAt)), numberOfDay(dayOf(now)));
  if (policy === undefined || workingDays < policy.backEntryWorkingDays) return [];
  const { application, project } = act.data;
  const department = state.at === 'absent' ? command.meta.actor.department : common(state).department;
  return [
    signal('BackEntryFlagged', 1, {
      application,
      project,
      department,
      evidence: [ownId(situation)],
      article: null,
      act: act.type,
      occurredAt,
      recordedAt: now,
      workingDays,
    }),
  ];
}

function signal<Type extends SignalEvent['type']>(
  type: Type,
  version: Extract<SignalEvent, { type: Type }>['version'],
  data: Extract<SignalEvent, { type: Type }>['data'],
): SignalEvent {
  return { type, version, data } as SignalEvent;
}
