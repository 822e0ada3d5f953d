import {
  type Actor,
  allDocuments,
  type Document,
  type Model,
  type ReadModels,
} from '#libs/engine/event-sourcing';

/** What queries find mandates by; libs/county/agency keeps them. */
export const actingMandates: Model<ActingMandate & Document> = { model: 'mandates' };

/** As much of a mandate's document (model `mandates`) as says whose things an agent may see. */
export type ActingMandate = {
  readonly id: string;
  readonly applicant: string;
  /** The one project it is for; null = all of the applicant's. */
  readonly project: string | null;
  /** ISO instant at which its last day ends. */
  readonly until: string;
  /** Null while it waits to be confirmed. */
  readonly confirmedAt: string | null;
  readonly revokedAt: string | null;
};

type Sources = { readonly models: Pick<ReadModels, 'find'>; readonly now: () => string };

/** Mandates that an agent holds now (行政许可法 Art. 29): confirmed, and neither over nor revoked. Only agents hold any. */
export async function mandatesOf({ models, now }: Sources, actor: Actor): Promise<readonly ActingMandate[]> {
  if (actor.role !== 'agent') return [];
  const granted = await allDocuments(models, actingMandates, {
    index: 'agent',
    equals: { agent: actor.person },
    range: { gt: now() },
  });
  return granted.filter(({ confirmedAt, revokedAt }) => confirmedAt !== null && revokedAt === null);
}

/** Whether one of the mandates is for this applicant, and for this project of theirs; null: for what is of no project. */
export const coveredBy = (
  mandates: readonly ActingMandate[],
  thing: { readonly applicant: string | null; readonly project: string | null },
): boolean => mandateFor(mandates, thing) !== undefined;

/** The first of the mandates that is for this applicant, and for this project of theirs. */
export const mandateFor = (
  mandates: readonly ActingMandate[],
  { applicant, project }: { readonly applicant: string | null; readonly project: string | null },
): ActingMandate | undefined =>
  mandates.find((one) => one.applicant === applicant && (one.project === null || one.project === project));
