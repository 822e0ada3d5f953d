import { defined } from '#libs/engine/event-sourcing';
import { type Held, type Holder, sameHolder } from '#libs/county/approval';

/** Texts that people wrote in events, of which a timeline shows the beginning as the note. */
export const NOTE_FIELDS = [
  'note',
  'reason',
  'opinion',
  'statement',
  'finding',
  'question',
  'problem',
  'proposal',
] as const;

/** Characters of a note that a timeline shows. */
export const NOTE_LENGTH = 200;

/** What happened, who did it, and what it did to custody. Fields that say nothing are left out. */
export type TimelineEntry = {
  readonly type: string;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string;
  readonly role: string;
  readonly onBehalfOf?: string;
  readonly step?: string;
  /** The beginning of the note, reason or opinion; the whole of it stays in the event. */
  readonly note?: string;
  readonly article?: string;
  readonly round?: number;
  readonly level?: string;
  readonly outcome?: string;
  /** 受理编号 or 文号 of the document that the act came to. */
  readonly number?: string;
  /** 证号 of the permit that it came to. */
  readonly permit?: string;
  /** An opinion or material that came after its deadline. */
  readonly late?: boolean;
  /** Departments asked for their opinion, or silent. */
  readonly departments?: readonly string[];
  /** 更正: what text of which earlier event of the stream is to be read otherwise, and how. */
  readonly corrects?: {
    readonly revision: number;
    readonly field: string;
    readonly before: string | null;
    readonly after: string;
  };
  /** Done after the end of the application, which no time is counted for. */
  readonly afterEnd?: true;
  /** The stretch of custody that the event ended. */
  readonly ended?: Held;
  /** When the step was begun, where an imported log says so: before that the stretch was waiting. */
  readonly begunAt?: string;
  /** Who holds the application from then on, null = no holder; absent when the event does not change it. */
  readonly holder?: Holder | null;
  /** As it was written; left out where nothing of it was corrected since. */
  readonly original?: OriginalEntry;
};

/** What a corrected event said when it was written. */
export type OriginalEntry = {
  readonly occurredAt: string;
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string;
  readonly step: string | null;
};

/** A holder without the fields that do not apply. */
type StoredHolder = {
  readonly party: Holder['party'];
  readonly department?: string;
  readonly post?: string;
  readonly person?: string;
};

/**
 * An entry as a document keeps it: the comments below say what an absent field means. A timeline is
 * written again with each of its events, so its bytes are what catching up costs most.
 */
export type StoredEntry = Omit<
  TimelineEntry,
  'revision' | 'recordedAt' | 'department' | 'post' | 'ended' | 'holder'
> & {
  /** Left out: the same as `occurredAt`. */
  readonly recordedAt?: string;
  /** Left out: null. */
  readonly department?: string;
  /** Left out: null. */
  readonly post?: string;
  /** Without `by` it was held by who acts here; without `to` it ended with the event. */
  readonly ended?: { readonly by?: StoredHolder; readonly from: string; readonly to?: string };
  /** `same`: the holder does not change. */
  readonly holder?: StoredHolder | 'same' | null;
};

/** The entry as stored; its revision follows from its place in the block. */
export function storedEntry(entry: TimelineEntry): StoredEntry {
  const { revision: _, recordedAt, department, post, ended, holder, ...rest } = entry;
  return {
    ...rest,
    ...(recordedAt !== entry.occurredAt && { recordedAt }),
    ...(department !== null && { department }),
    ...(post !== null && { post }),
    ...(ended && { ended: storedStretch(ended, entry) }),
    ...(holder !== undefined && { holder: storedNextHolder(holder, ended) }),
  };
}

/** The entry that was stored. */
export function restoredEntry(stored: StoredEntry, revision: number): TimelineEntry {
  const { ended, holder, ...rest } = stored;
  const actor = {
    recordedAt: stored.recordedAt ?? stored.occurredAt,
    department: stored.department ?? null,
    post: stored.post ?? null,
  };
  const stretch = ended && {
    by: ended.by ? restoredHolder(ended.by) : acting({ ...stored, ...actor }),
    from: ended.from,
    to: ended.to ?? stored.occurredAt,
  };
  return {
    ...rest,
    revision,
    ...actor,
    ...defined({ ended: stretch }),
    ...(holder !== undefined && { holder: restoredNextHolder(holder, stretch) }),
  };
}

type Acting = Pick<TimelineEntry, 'department' | 'post' | 'person'>;

function acting({ department, post, person }: Acting): Holder {
  return { party: 'department', department, post, person };
}

function storedStretch({ by, from, to }: Held, entry: TimelineEntry): NonNullable<StoredEntry['ended']> {
  return {
    ...(!sameHolder(by, acting(entry)) && { by: storedHolder(by) }),
    from,
    ...(to !== entry.occurredAt && { to }),
  };
}

function storedHolder({ party, department, post, person }: Holder): StoredHolder {
  return {
    party,
    ...(department !== null && { department }),
    ...(post !== null && { post }),
    ...(person !== null && { person }),
  };
}

function restoredHolder({ party, department, post, person }: StoredHolder): Holder {
  return { party, department: department ?? null, post: post ?? null, person: person ?? null };
}

function storedNextHolder(holder: Holder | null, ended: Held | undefined): StoredHolder | 'same' | null {
  if (holder === null) return null;
  return ended && sameHolder(holder, ended.by) ? 'same' : storedHolder(holder);
}

function restoredNextHolder(holder: StoredHolder | 'same' | null, ended: Held | undefined): Holder | null {
  if (holder === null) return null;
  if (holder !== 'same') return restoredHolder(holder);
  if (!ended) throw new Error('a timeline says that the holder stays, and names none');
  return ended.by;
}
