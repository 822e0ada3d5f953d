import { type Recorded } from '#libs/engine/event-sourcing';
import { type ApplicationEvent } from '../application/application.events.js';
import { type Custody, type Holder } from '../core/holder.js';
import { type DueDates } from '../core/terms.js';
import { type ApplicationDocument } from './application.document.js';
import { deadlineDays, NO_DUE_DATE } from './open-deadlines.js';
import { procedureAfter } from './procedure.js';

/** The department whose worklist has an application: the holder's, or the deciding one while the applicant holds it. */
export function responsibleFor(holder: Holder | null, department: string | null): string | null {
  return holder?.department ?? department;
}

/** The fields that an event with custody changes: the revision, the holder, and since when. */
export function custodyFields(
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

/** Due dates, and what lists and tallies derive from them. */
export function withDue(document: ApplicationDocument, due: DueDates): ApplicationDocument {
  return {
    ...document,
    due,
    dueAt: due.promised ?? due.statutory ?? NO_DUE_DATE,
    deadline: deadlineDays(due),
  };
}
