import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { EXAMINATION_DUTIES } from '../core/examination.js';
import { type ApplicationFacts } from '../core/facts.js';
import { type Holder } from '../core/holder.js';
import { refusing } from '../core/refuse.js';
import { HANDLING_MESSAGES } from './handling.messages.js';

const refuse = refusing(HANDLING_MESSAGES);

/** A transfer goes to a department that exists (行政许可法 Art. 32(2): 告知申请人向有关行政机关申请). */
export function receivingDepartmentMustExist(department: string, known: boolean): void {
  if (!known) refuse('application.unknown-department', { department }, 'input', cited(licensing(32, 2)));
}

/** A transfer that moves nothing would only hide who holds the application. */
export function transferMustChangeSomething(state: ApplicationFacts, to: Holder): void {
  const { holder } = state;
  const from = state.department ?? holder?.department ?? null;
  if (to.department !== from) return;
  const named = to.post !== null || to.person !== null;
  const same = holder?.party === 'department' && to.post === holder.post && to.person === holder.person;
  if (named && !same) return;
  refuse(
    'application.transfer-changes-nothing',
    { application: state.application, department: to.department },
    'input',
  );
}

/** Two officials are two persons: nobody is their own witness (行政许可法 Art. 34 para. 3). */
export function secondMustBeAnother(
  application: string,
  second: string | null,
  { actor }: CommandMeta,
): void {
  if (second !== actor.person) return;
  refuse(
    'application.second-is-the-first',
    { application, field: 'second', person: second },
    'input',
    cited(EXAMINATION_DUTIES['on-site-pair'].article),
  );
}

/** The reviewer belongs to a department, also in a joint matter, where the one who assigns names it by acting for it. */
export function assigningDepartment(state: ApplicationFacts, { actor }: CommandMeta): string {
  const department = state.department ?? actor.department;
  return department ?? refuse('application.department-missing', { application: state.application }, 'input');
}
