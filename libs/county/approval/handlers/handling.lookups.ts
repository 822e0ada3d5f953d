import { eventAt } from '#libs/engine/event-sourcing';
import { departmentsNotStanding, departmentStands } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { lawsCited, type STATUTES } from '#libs/law/citations';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { RequestConsultation } from '../consultation/consultation.commands.js';
import { ReturnApplication, TransferApplication } from '../handling/handling.commands.js';
import { RefuseAcceptance } from '../intake/intake.commands.js';
import { type ApprovalStores } from './approval-stores.js';

/** A department that was succeeded by another receives nothing any more. */
export const transfer = lookup(
  TransferApplication,
  async ({ id, department, meta }, { departments, events }: ApprovalStores) => ({
    departmentKnown: await departmentStands(departments, department, dayOf(meta.now)),
    openedBy: (await eventAt(events, APPLICATION_STREAM + id, 0n))?.id ?? null,
  }),
);

/** Many matters rest on 行政许可法 too, which knows no return after acceptance. */
const OF_EVERY_LICENCE: keyof typeof STATUTES = 'administrative-licensing';

/** Whether the article that an act cites is of the matter's own law. */
async function ownLaw(
  { id, article }: ReturnApplication | RefuseAcceptance,
  { applications, laws }: ApprovalStores,
): Promise<{ readonly restsOnOwnLaw: boolean }> {
  const { state } = await applications.load(APPLICATION_STREAM + id);
  const own = lawsCited(laws, state.at === 'absent' ? '' : (state.terms.basis ?? ''));
  const cited = lawsCited(laws, article ?? '').filter((law) => law !== OF_EVERY_LICENCE);
  return { restsOnOwnLaw: cited.some((law) => own.includes(law)) };
}

export const returned = lookup(ReturnApplication, ownLaw);
export const acceptanceRefusal = lookup(RefuseAcceptance, ownLaw);

/** A department that was succeeded by another answers nothing any more. */
export const consultation = lookup(RequestConsultation, async (command, { departments }: ApprovalStores) => ({
  unknown: await departmentsNotStanding(departments, command.departments, dayOf(command.meta.now)),
}));
