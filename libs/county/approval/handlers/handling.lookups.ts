import { departmentsNotStanding, departmentStands } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { RequestConsultation } from '../consultation/consultation.commands.js';
import { TransferApplication } from '../handling/handling.commands.js';
import { type ApprovalStores } from './approval-stores.js';
import { eventAt } from './event-at.js';

/** A department that was succeeded by another receives nothing any more. */
export const transfer = lookup(
  TransferApplication,
  async ({ id, department, meta }, { departments, events }: ApprovalStores) => ({
    departmentKnown: await departmentStands(departments, department, dayOf(meta.now)),
    openedBy: (await eventAt(events, APPLICATION_STREAM + id, 0))?.id ?? null,
  }),
);

/** A department that was succeeded by another answers nothing any more. */
export const consultation = lookup(RequestConsultation, async (command, { departments }: ApprovalStores) => ({
  unknown: await departmentsNotStanding(departments, command.departments, dayOf(command.meta.now)),
}));
