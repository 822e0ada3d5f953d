import { type StoredEvent, type Upcaster } from '#libs/engine/event-sourcing';
import { type ProjectRegistered } from './project.events.js';

type Version1 = Omit<ProjectRegistered['data'], 'applicant'> & { readonly applicant: string };

/**
 * Version 1 always had an applicant: an office that named none was recorded itself. An office is never the applicant, so such a
 * project waits for one.
 */
function withoutOfficeAsApplicant({ data, metadata: { actor } }: StoredEvent): ProjectRegistered['data'] {
  const old = data as Version1;
  const isOffice = actor.role !== 'applicant' && actor.role !== 'agent';
  return { ...old, applicant: isOffice && old.applicant === actor.person ? null : old.applicant };
}

/** How project events of older versions are read. */
export const PROJECT_UPCASTERS: readonly Upcaster[] = [
  { type: 'ProjectRegistered', from: 1, upcast: withoutOfficeAsApplicant },
];
