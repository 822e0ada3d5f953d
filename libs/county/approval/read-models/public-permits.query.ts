import { type NamedOrganisation, accountsOf, organisationOf } from '#libs/county/identity';
import { defined, indexFor, keptPage, meets, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type Day, dayOf } from '#libs/law/calendar';
import { type ApplicationDocument, applications } from './application.document.js';
import { type PermitStanding, permitStanding } from './shown-permit.js';

/** A decision to grant a licence as the public may look at it (行政许可法 Art. 40): of no natural person, and of no one by name in office. */
type PublicPermit = {
  /** 证号; null where none was given. */
  readonly number: string | null;
  readonly decisionNumber: string | null;
  readonly matter: string;
  readonly matterName: string;
  /** Which decided; null for a joint matter. */
  readonly department: string | null;
  /** 被许可人: the organisation; null where a natural person holds it. */
  readonly holder: NamedOrganisation | null;
  /** Name of the project; null where a natural person holds the permit. */
  readonly projectName: string | null;
  /** Legal day of the decision, YYYY-MM-DD. */
  readonly grantedOn: Day;
  /** Last legal day on which it holds, YYYY-MM-DD; null where it has no end. */
  readonly validUntil: Day | null;
  readonly standing: PermitStanding;
};

export type PublicPermits = { readonly items: readonly PublicPermit[]; readonly nextCursor: string | null };

export type PublicPermitsQuestion = {
  readonly matter?: string | undefined;
  readonly department?: string | undefined;
  /** 统一社会信用代码 of the organisation that holds it. */
  readonly holder?: string | undefined;
  /** First and last legal day of the decision. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly limit: number;
  readonly cursor?: string | null;
};

type Sources = { readonly models: Pick<ReadModels, 'find' | 'get'>; readonly now: () => string };

const NOTHING: PublicPermits = { items: [], nextCursor: null };

/** From the narrowest; all by the day of the decision. */
const INDEXES = (['applicant', 'matter', 'department'] as const).map((field) => ({
  index: `granted-${field}`,
  by: [field],
}));
const OF_ALL = { index: 'granted', by: [] };

/** Decisions to grant, the latest first, those no longer in force too, each with how it stands today. */
export async function publicPermits(
  { models, now }: Sources,
  { matter, department, holder, from, to, limit, cursor = null }: PublicPermitsQuestion,
): Promise<PublicPermits> {
  const holders = holder === undefined ? null : await accountsOf(models, holder);
  if (holders?.length === 0) return NOTHING;
  // An organisation has one open account, and may have had others before.
  const applicant = holders?.length === 1 ? holders[0] : undefined;
  const conditions = { applicant, matter, department };
  const page: Page<ApplicationDocument> = await keptPage(
    models,
    applications,
    {
      ...indexFor([...INDEXES, OF_ALL], conditions),
      // The days of a span are compared as text: every instant of the last day is before `to` with anything behind it.
      range: defined({ gte: from, lt: to === undefined ? undefined : `${to}~` }),
      order: 'desc',
      limit,
      cursor,
    },
    (document) => meets(document, conditions) && (holders === null || holders.includes(document.applicant)),
  );
  const today = dayOf(now());
  const items = await Promise.all(page.items.map((one) => shown(models, one, today)));
  return { items, nextCursor: page.nextCursor };
}

async function shown(
  models: Sources['models'],
  document: ApplicationDocument,
  today: Day,
): Promise<PublicPermit> {
  const { matter, matterName, department, projectName, grantedOn } = document;
  if (grantedOn === undefined) throw new Error(`${document.id} was not granted`);
  const holder = await organisationOf(models, document.applicant);
  return {
    number: document.permitNumber ?? null,
    decisionNumber: document.decisionNumber ?? null,
    matter,
    matterName,
    department,
    holder,
    projectName: holder === null ? null : projectName,
    grantedOn,
    validUntil: document.validUntil ?? null,
    standing: permitStanding(document, today),
  };
}
