import { APPLICATION_EVENT_TYPES } from '#libs/county/approval';
import {
  type Document,
  type JsonObject,
  type Model,
  type Projection,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import { createHash } from 'node:crypto';
import { formsOf, gramsOf, plainNumber } from './searched-text.js';

/** What kind of thing is found by a name. */
export type NamedKind = 'project' | 'applicant' | 'matter' | 'person';

/** What kind of number leads to a project or an application. */
export type NumberKind = 'application' | 'project' | 'project-code' | 'receipt' | 'decision' | 'permit';

/** A thing with a name, and the forms in which it is found. */
export type NamedEntry = {
  readonly id: string;
  readonly of: NamedKind;
  /** Id of the thing. */
  readonly thing: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly forms: readonly string[];
  readonly grams: readonly string[];
};

/** A number, and what bears it. */
export type NumberEntry = {
  readonly id: string;
  readonly of: 'number';
  readonly number: NumberKind;
  readonly text: string;
  /** Without punctuation, as it is compared; and the same from behind, so that an end is found as a beginning is. */
  readonly plain: string;
  readonly reversed: string;
  readonly thing: string;
};

export type SearchEntry = NamedEntry | NumberEntry;

export const searchEntries: Model<SearchEntry> = { model: 'search' };

export const reversed = (text: string): string => [...text].reverse().join('');

type Entry = { readonly id: string; readonly document: SearchEntry };

function named(
  of: NamedKind,
  thing: string,
  names: { readonly name: string | null; readonly nameEn?: string | null; readonly also?: readonly string[] },
): Entry {
  const { name, nameEn = null, also = [] } = names;
  const texts = [thing, ...also, ...(name === null ? [] : [name]), ...(nameEn === null ? [] : [nameEn])];
  const forms = [...new Set(texts.flatMap((text) => formsOf(text)))];
  const id = `${of}:${thing}`;
  return { id, document: { id, of, thing, name, nameEn, forms, grams: gramsOf(forms) } };
}

function numbered(number: NumberKind, text: unknown, thing: string): readonly Entry[] {
  if (typeof text !== 'string' || plainNumber(text) === '') return [];
  const plain = plainNumber(text);
  // A number may hold the id of the application again: both together would be a long key.
  const id = `${number}:${thing}:${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
  return [{ id, document: { id, of: 'number', number, text, plain, reversed: reversed(plain), thing } }];
}

type Data = JsonObject;
/** An id, which events of these types always have. */
function idOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error('search: an event names a thing without its id');
  return value;
}
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A matter whole, as the catalogue publishes it. */
function matterEntry({ matter }: Data): readonly Entry[] {
  const { code, name, nameEn } = matter as Data;
  return [named('matter', idOf(code), { name: textOf(name), nameEn: textOf(nameEn) })];
}

const organisationEntry = ({ organisation, name }: Data): readonly Entry[] => [
  named('applicant', idOf(organisation), { name: textOf(name) }),
];

/** Officials are named; the name of a natural person is sealed (ADR 35): their account is found by its id alone. */
function accountEntry({ account, displayName, role }: Data): readonly Entry[] {
  const isOutside = role === 'applicant' || role === 'agent';
  const name = isOutside ? null : textOf(displayName);
  return [named(isOutside ? 'applicant' : 'person', idOf(account), { name })];
}

const ENTRIES: Readonly<Record<string, (data: Data) => readonly Entry[]>> = {
  ProjectRegistered: ({ project, name, nationalCode }) => [
    named('project', idOf(project), { name: textOf(name) }),
    ...numbered('project', project, idOf(project)),
    ...numbered('project-code', nationalCode, idOf(project)),
  ],
  MatterPublished: matterEntry,
  MatterRevised: matterEntry,
  OrganisationRegistered: organisationEntry,
  OrganisationCorrected: organisationEntry,
  AccountOpened: accountEntry,
};

/** The numbers that an event of an application gives to a document of it. */
function numbersIn({ application: id, receiptNumber, decisionNumber, permit }: Data): readonly Entry[] {
  const application = idOf(id);
  return [
    ...numbered('receipt', receiptNumber, application),
    ...numbered('decision', decisionNumber, application),
    ...numbered('permit', permit, application),
  ];
}

const ofApplications = new Set(APPLICATION_EVENT_TYPES);

function entriesOf({ type, data }: StoredEvent): readonly Entry[] {
  const known = ENTRIES[type];
  if (known !== undefined) return known(data as Data);
  const own =
    type === 'ApplicationSubmitted'
      ? numbered('application', (data as Data)['application'], idOf((data as Data)['application']))
      : [];
  return [...own, ...numbersIn(data as Data)];
}

/**
 * What the search finds: things by their names, in pinyin too, and by their numbers. Pinyin is computed here, once for each name.
 * The latest name counts; a number stays, as the document that bears it does.
 */
export const search: Projection & Model<SearchEntry> = {
  name: 'search',
  version: 1,
  model: searchEntries.model,
  indexes: {
    grams: { equals: ['of', 'grams'], present: 'grams' },
    beginning: { equals: [], range: 'plain', present: 'plain' },
    end: { equals: [], range: 'reversed', present: 'reversed' },
  },
  tallies: [],
  weight: 2,
  handles: (type) => type in ENTRIES || ofApplications.has(type),
  keys: (event) => entriesOf(event).map(({ id }) => id),
  fold(_document: Document | null, event: StoredEvent, id: string): SearchEntry {
    const entry = entriesOf(event).find((one) => one.id === id);
    if (entry === undefined) throw new Error(`search: ${event.type} has no entry ${id}`);
    return entry.document;
  },
};
