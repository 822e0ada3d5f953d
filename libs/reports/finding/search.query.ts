import { applications as applicationModel, withLamp } from '#libs/county/approval';
import { matters as matterModel } from '#libs/law/catalogue';
import { coveredBy, seesApplication, seesProject, type Visibility } from '#libs/county/sight';
import { accounts as accountModel, organisations as organisationModel } from '#libs/county/identity';
import { allDocuments, by, type PersonalText, type ReadModels } from '#libs/engine/event-sourcing';
import { type Lamp } from '#libs/law/calendar';
import { isWithoutPost, oversees } from '#libs/shell/roles';
import { projects as projectModel } from '../project/project.projection.js';
import { type Candidate, candidatesOf, type Matched, type SearchKind } from './search.candidates.js';
import { search } from './search.projection.js';

/** One thing that was found. Fields that do not apply to its kind are null. */
export type FoundThing = {
  readonly kind: SearchKind;
  readonly id: string;
  /** Of an application the matter's; null where the thing has none that the caller may know. */
  readonly name: PersonalText | null;
  readonly nameEn: string | null;
  /** How it was found. */
  readonly matched: Matched;
  /** The number that led to it; null where a name or an id did. */
  readonly number: string | null;
  /** Of an application: its project. */
  readonly project: string | null;
  readonly projectName: string | null;
  readonly stage: string | null;
  readonly lamp: Lamp | null;
  readonly department: string | null;
  /** Of a person or of an applicant's account. */
  readonly role: string | null;
  /** Where the API answers with it. */
  readonly path: string;
};

export type SearchQuestion = {
  readonly q: string;
  readonly kinds: readonly SearchKind[];
  /** Most things of each kind. */
  readonly limit: number;
  readonly sight: Visibility;
};

/** The models it rests on, for `asOf`. */
export const SEARCH_MODELS = [search] as const;

type Sources = { readonly models: ReadModels; readonly now: () => string };

/** Candidates of a kind whose documents are read for their sight. */
const MOST_JUDGED = 300;
const JUDGED_AT_A_TIME = 50;
/** Projects found by their name whose applications are found with them. */
const PROJECTS_FOLLOWED = 5;

/**
 * What is found for a question, of each kind at most `limit`: exact matches first, then what begins with it, what holds it, what is
 * spelled so in pinyin; among equals by kind (applications, projects, applicants, matters, persons), then by id. Nothing that the
 * caller may not see is among them.
 */
export async function searched(sources: Sources, question: SearchQuestion): Promise<readonly FoundThing[]> {
  const { q, kinds, limit, sight } = question;
  const candidates = await candidatesOf(sources.models, q);
  const ofKind = (kind: SearchKind) => candidates.filter((one) => one.kind === kind).sort(inOrder);
  const projects = kinds.some((kind) => kind === 'project' || kind === 'application')
    ? await shownOf(sources, sight, ofKind('project'), limit)
    : [];
  const cases = kinds.includes('application')
    ? [...ofKind('application'), ...(await casesOf(sources, projects))].sort(inOrder)
    : [];
  const others = kinds.filter((kind) => kind !== 'project' && kind !== 'application');
  const found = await Promise.all([
    shownOf(sources, sight, cases, limit),
    ...others.map((kind) => shownOf(sources, sight, ofKind(kind), limit)),
  ]);
  return [...(kinds.includes('project') ? projects : []), ...found.flat()]
    .sort(byRank)
    .map(({ thing }) => thing);
}

type Shown = { readonly candidate: Candidate; readonly thing: FoundThing };

const inOrder = by<Candidate>(
  ({ rank }) => rank,
  ({ id }) => id,
);
const KINDS_IN_ORDER: readonly SearchKind[] = ['application', 'project', 'applicant', 'matter', 'person'];
const byRank = by<Shown>(
  ({ candidate }) => candidate.rank,
  ({ candidate }) => KINDS_IN_ORDER.indexOf(candidate.kind),
  ({ candidate }) => candidate.id,
);

/** The first of the candidates that the caller may see. */
async function shownOf(
  sources: Sources,
  sight: Visibility,
  candidates: readonly Candidate[],
  limit: number,
): Promise<readonly Shown[]> {
  const distinct = [...new Map(candidates.toReversed().map((one) => [one.id, one])).values()].sort(inOrder);
  const shown: Shown[] = [];
  for (let at = 0; at < Math.min(distinct.length, MOST_JUDGED); at += JUDGED_AT_A_TIME) {
    const part = distinct.slice(at, at + JUDGED_AT_A_TIME);
    shown.push(...(await judged(sources, sight, part)));
    if (shown.length >= limit) break;
  }
  return shown.slice(0, limit);
}

async function judged(
  sources: Sources,
  sight: Visibility,
  candidates: readonly Candidate[],
): Promise<readonly Shown[]> {
  const [kind] = candidates.map((one) => one.kind);
  if (kind === undefined) return [];
  const things = await SHOWN[kind](sources, sight, candidates);
  return candidates.flatMap((candidate, index) => {
    const thing = things[index] ?? null;
    return thing === null ? [] : [{ candidate, thing }];
  });
}

type Show = (
  sources: Sources,
  sight: Visibility,
  candidates: readonly Candidate[],
) => Promise<readonly (FoundThing | null)[]>;

const idsOf = (candidates: readonly Candidate[]): string[] => candidates.map(({ id }) => id);

function thing({ kind, id, matched, number }: Candidate, fields: Partial<FoundThing>): FoundThing {
  return {
    kind,
    id,
    name: null,
    nameEn: null,
    matched,
    number,
    project: null,
    projectName: null,
    stage: null,
    lamp: null,
    department: null,
    role: null,
    path: `/api/v1/${kind === 'person' ? 'account' : kind}s/${encodeURIComponent(id)}`,
    ...fields,
  };
}

const SHOWN: Readonly<Record<SearchKind, Show>> = {
  application: async ({ models, now }, sight, candidates) => {
    const documents = await models.getMany(applicationModel, idsOf(candidates));
    return candidates.map((candidate, index) => {
      const document = documents[index] ?? null;
      if (document === null || !seesApplication(sight, document)) return null;
      const { matterName, project, projectName, stage, responsible } = document;
      const { lamp } = withLamp(document, now());
      return thing(candidate, {
        name: matterName,
        project,
        projectName,
        stage,
        lamp,
        department: responsible,
      });
    });
  },
  project: async ({ models }, sight, candidates) => {
    const documents = await models.getMany(projectModel, idsOf(candidates));
    return candidates.map((candidate, index) => {
      const document = documents[index] ?? null;
      if (document === null || !seesProject(sight, document)) return null;
      return thing(candidate, { name: document.name });
    });
  },
  matter: async ({ models }, _sight, candidates) => {
    const documents = await models.getMany(matterModel, idsOf(candidates));
    return candidates.map((candidate, index) => {
      const document = documents[index] ?? null;
      if (document === null) return null;
      const { name, nameEn, department } = document;
      return thing(candidate, { name, nameEn, department });
    });
  },
  /** Officials act in office under their names: everyone in office finds them. */
  person: async ({ models }, sight, candidates) => {
    if (!isInOffice(sight)) return candidates.map(() => null);
    const documents = await models.getMany(accountModel, idsOf(candidates));
    return candidates.map((candidate, index) => {
      const document = documents[index] ?? null;
      return document === null ? null : thing(candidate, { name: candidate.name, role: document.role });
    });
  },
  applicant: (sources, sight, candidates) =>
    Promise.all(candidates.map((candidate) => applicantShown(sources, sight, candidate))),
};

const isInOffice = ({ actor, departments }: Visibility): boolean =>
  !isWithoutPost(actor) && (departments.length > 0 || oversees(actor));

/**
 * An organisation is found by everyone in office, and by those who act for it; a natural person by overseers, by a department that
 * has an application of theirs, by themselves and their agents.
 */
async function applicantShown(
  { models }: Sources,
  sight: Visibility,
  candidate: Candidate,
): Promise<FoundThing | null> {
  const organisation = await models.get(organisationModel, candidate.id);
  if (organisation !== null) {
    if (!isInOffice(sight) && !(await actsForOrganisation(models, sight, organisation.id))) return null;
    return thing(candidate, { name: organisation.name, path: `/api/v1/organisations/${organisation.id}` });
  }
  const account = await models.get(accountModel, candidate.id);
  if (account === null || !(await seesApplicant(models, sight, account.id))) return null;
  const { role } = account;
  return thing(candidate, { role, path: `/api/v1/accounts/${encodeURIComponent(account.id)}` });
}

async function actsForOrganisation(
  models: ReadModels,
  { actor, mandates }: Visibility,
  organisation: string,
): Promise<boolean> {
  const own = [actor.person, ...mandates.map(({ applicant }) => applicant)];
  const accounts = await models.getMany(accountModel, [...new Set(own)]);
  return accounts.some((account) => account?.creditCode === organisation);
}

/** Applications of one person that are looked at for whether a department has one of them. */
const CASES_LOOKED_AT = 100;

async function seesApplicant(models: ReadModels, sight: Visibility, applicant: string): Promise<boolean> {
  const { actor, mandates } = sight;
  if (actor.person === applicant || oversees(actor)) return true;
  if (mandates.some((mandate) => coveredBy([mandate], { applicant, project: mandate.project }))) return true;
  if (!isInOffice(sight)) return false;
  for (const [open, fastTrack] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ]) {
    const { items } = await models.find(applicationModel, {
      index: 'applicant',
      equals: { applicant, open: open ?? true, fastTrack: fastTrack ?? true },
      limit: CASES_LOOKED_AT,
    });
    if (items.some((application) => seesApplication(sight, application))) return true;
  }
  return false;
}

/** The applications of the projects that were found first, handed in and not. */
async function casesOf({ models }: Sources, projects: readonly Shown[]): Promise<readonly Candidate[]> {
  const cases = await Promise.all(
    projects.slice(0, PROJECTS_FOLLOWED).map(async ({ candidate }) => {
      const own = await allDocuments(models, applicationModel, {
        index: 'project',
        equals: { project: candidate.id },
      });
      return own.map(({ id }): Candidate => ({ ...candidate, kind: 'application', id, number: null }));
    }),
  );
  return cases.flat();
}
