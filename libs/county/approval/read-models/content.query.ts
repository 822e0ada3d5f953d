import {
  type EventStore,
  type PersonalText,
  type ReadModels,
  type Recorded,
  StoreUnavailable,
  Upcasters,
} from '#libs/engine/event-sourcing';
import { type DepartmentNames, type Names, namesOf } from '#libs/county/identity';
import { type ApplicationEvent } from '../application/application.events.js';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { APPROVAL_UPCASTERS } from '../application/application.upcasters.js';
import {
  type AskedDepartment,
  type ConsultationRound,
  type Content,
  contentOf,
  type Decision,
  type Material,
  MATERIAL_STATES,
  type ShownCorrection,
  type ShownReason,
  type Supplement,
} from './content.js';

/** The name of the person who did it. */
type Named = { readonly displayName: PersonalText | null };

/** What the acts of an application say, with the names next to the codes; each null as well while the log cannot be asked. */
export type ShownContent = {
  /** 一次性告知: what the last one-time notice asked for. */
  readonly supplement: (Supplement & Named) | null;
  readonly materials: readonly (Material & { readonly stateZh: string; readonly stateEn: string })[] | null;
  /** 征求意见: every round, with the opinion of each department. */
  readonly consultations:
    | readonly (Omit<ConsultationRound, 'departments'> &
        Named & { readonly departments: readonly (AskedDepartment & DepartmentNames & Named)[] })[]
    | null;
  /** 决定, with its ground, article and remedies. */
  readonly decision: (Decision & DepartmentNames & Named) | null;
  /** 退回: the last one. */
  readonly returned: (ShownReason & DepartmentNames & Named) | null;
  /** 撤回申请. */
  readonly withdrawn: (ShownReason & Named) | null;
  /** 更正 of texts on record; the texts above are read as corrected. */
  readonly corrections: readonly (ShownCorrection & DepartmentNames & Named)[] | null;
};

const UNKNOWN: ShownContent = {
  ...{ supplement: null, materials: null, consultations: null, decision: null },
  ...{ returned: null, withdrawn: null, corrections: null },
};

type Sources = {
  readonly models: Pick<ReadModels, 'getMany'>;
  readonly eventStore: Pick<EventStore, 'readStream'>;
};

const upcasters = new Upcasters(APPROVAL_UPCASTERS);

/** The content of an application up to a revision, so that it is of the same moment as what else is shown of it. */
export async function shownContent(
  { models, eventStore }: Sources,
  { id, revision }: { readonly id: string; readonly revision: string },
): Promise<ShownContent> {
  const events = await eventsUpTo(eventStore, APPLICATION_STREAM + id, BigInt(revision));
  if (events === null) return UNKNOWN;
  const content = contentOf(events);
  return named(content, await namesOf(models, namedIn(content)));
}

/** Null while the log cannot be asked. */
async function eventsUpTo(
  eventStore: Sources['eventStore'],
  stream: string,
  last: bigint,
): Promise<readonly Recorded<ApplicationEvent>[] | null> {
  const events: Recorded<ApplicationEvent>[] = [];
  try {
    for await (const stored of eventStore.readStream(stream)) {
      if (stored.revision > last) break;
      events.push(upcasters.upcast(stored) as Recorded<ApplicationEvent>);
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
  return events;
}

function namedIn({ supplement, consultations, decision, returned, withdrawn, corrections }: Content) {
  const asked = consultations.flatMap((one) => one.departments);
  const acts = [returned, withdrawn, ...corrections];
  return {
    departments: [
      ...asked.map(({ department }) => department),
      ...[decision, ...acts].map((one) => one?.department),
    ],
    people: [
      ...[supplement?.by, decision?.by, ...consultations.map(({ by }) => by)],
      ...[...asked, ...acts].map((one) => one?.person),
    ],
  };
}

function named(content: Content, names: Names): ShownContent {
  const { supplement, decision, returned, withdrawn } = content;
  const by = (person: string | null): Named => ({ displayName: names.person(person) });
  const withNames = <Act extends { readonly department: string | null; readonly person: string | null }>(
    act: Act,
  ) => ({ ...act, ...names.department(act.department), ...by(act.person) });
  return {
    supplement: supplement && { ...supplement, ...by(supplement.by) },
    materials: content.materials.map((one) => ({
      ...one,
      ...{ stateZh: MATERIAL_STATES[one.state].zh, stateEn: MATERIAL_STATES[one.state].en },
    })),
    consultations: content.consultations.map((one) => ({
      ...one,
      ...by(one.by),
      departments: one.departments.map(withNames),
    })),
    decision: decision && { ...decision, ...names.department(decision.department), ...by(decision.by) },
    returned: returned && withNames(returned),
    withdrawn: withdrawn && { ...withdrawn, ...by(withdrawn.person) },
    corrections: content.corrections.map(withNames),
  };
}
