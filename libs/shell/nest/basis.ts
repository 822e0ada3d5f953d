import { type Model } from '#libs/engine/event-sourcing';
import { type Freshness, freshness } from './freshness.js';
import { type QuerySources } from './question.js';

/** Where a figure comes from. */
type FigureBasis = {
  /** The read model that it is read from. */
  readonly projection: string;
  /** Everything up to here is in it; null on an empty log. */
  readonly position: string | null;
  /** How it is computed: a name that changes when the computation does. */
  readonly formula: string;
  /** An address that opens what was counted. */
  readonly query: string;
};

/** By the figure's place in the answer, without the numbers of the items: `items.onTimeRate`, `lamps.red`. */
export type Basis = { readonly [figure: string]: FigureBasis };

/** Figures that come from the same place. */
export type FiguresFrom = {
  readonly projection: string;
  /** Of the report, `workload/1`; that of a figure names it as well. */
  readonly formula: string;
  readonly query: string;
  readonly figures: readonly string[];
};

/** What an answer rests on: how fresh it is, and where each of its figures comes from. */
export async function restingOn(
  sources: QuerySources,
  models: readonly Model[],
  groups: readonly FiguresFrom[],
): Promise<{ readonly asOf: Freshness; readonly basis: Basis }> {
  const asOf = await freshness(sources, models);
  const { position } = asOf;
  const entries = groups.flatMap(({ figures, formula, projection, query }) =>
    figures.map((figure): [string, FigureBasis] => [
      figure,
      { projection, position, formula: `${formula}#${figure}`, query },
    ]),
  );
  return { asOf, basis: Object.fromEntries(entries) };
}

/** An address of the API with the parameters that have a value. */
export function addressOf(
  path: string,
  parameters: { readonly [name: string]: string | boolean | undefined },
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `/api/v1${path}${given.length === 0 ? '' : `?${given.join('&')}`}`;
}
