import { type Recorded } from '#libs/engine/event-sourcing';
import { type ApplicationDocument } from './application.document.js';
import { type ApplicationEvent, type Custody, type Holder } from '../application/application.events.js';
import { procedureAfter } from './procedure.js';

/** In whose list a case stands: the holder's, and the deciding department's while the applicant holds it. */
export function responsibleFor(holder: Holder | null, department: string | null): string | null {
  return holder?.department ?? department;
}

/** What an event with custody changes: the revision, who holds the case, and since when. */
export function passed(
  document: ApplicationDocument,
  event: Pick<Recorded<ApplicationEvent>, 'type' | 'revision'> & {
    readonly data: { readonly custody: Custody };
  },
  department = document.department,
) {
  const { holder, ended } = event.data.custody;
  return {
    revision: event.revision.toString(),
    holder,
    heldSince: holder === null ? null : (ended?.to ?? document.heldSince),
    person: holder?.person ?? null,
    responsible: responsibleFor(holder, department),
    ...procedureAfter(document, event),
  };
}
