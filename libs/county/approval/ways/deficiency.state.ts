import { type DeficiencyEvent } from './deficiency.events.js';

/** Material that an accepted application still owes (容缺); left out where nothing was ever missing. */
export type Deficiency = {
  readonly missing: readonly string[];
  /** ISO instant. */
  readonly handInBy: string;
  readonly lapsed: boolean;
};

export type WithDeficiency = { readonly deficiency?: Deficiency };

/** What is still owed in time, if anything. */
export function openDeficiency({ deficiency }: WithDeficiency): Deficiency | null {
  if (deficiency === undefined || deficiency.lapsed || deficiency.missing.length === 0) return null;
  return deficiency;
}

/** @throws Error when something is handed in or lapses that was never missing: the log is damaged. */
export function afterDeficiency(state: WithDeficiency, { type, data }: DeficiencyEvent): WithDeficiency {
  if (type === 'AcceptedWithDeficiency') {
    const { missing, handInBy } = data;
    return { deficiency: { missing, handInBy, lapsed: false } };
  }
  if (state.deficiency === undefined) throw new Error(`${type} before AcceptedWithDeficiency`);
  const change = type === 'DeficiencyFulfilled' ? { missing: data.outstanding } : { lapsed: true };
  return { deficiency: { ...state.deficiency, ...change } };
}
