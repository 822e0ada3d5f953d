import { dayOf } from '#libs/law/calendar';
import { type Actor, type ReadModels } from '#libs/engine/event-sourcing';
import { departmentsOf } from '#libs/county/identity';
import { type ActingMandate, mandatesOf } from './mandates.js';

/** The caller, and those for whom the caller acts, as of now. */
export type Visibility = {
  readonly actor: Actor;
  /** Mandates that an agent holds now. */
  readonly mandates: readonly ActingMandate[];
  /** Departments whose business is that of the actor's: itself first, then those it has taken over from; empty without one. */
  readonly departments: readonly string[];
};

export type SightSources = { readonly models: Pick<ReadModels, 'find'>; readonly now: () => string };

export async function sightOf(sources: SightSources, actor: Actor): Promise<Visibility> {
  const { department } = actor;
  const [mandates, departments] = await Promise.all([
    mandatesOf(sources, actor),
    department === null ? [] : departmentsOf(sources.models, department, dayOf(sources.now())),
  ]);
  return { actor, mandates, departments };
}
