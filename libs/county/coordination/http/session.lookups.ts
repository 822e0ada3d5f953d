import { Inject, Injectable } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
  isOver,
  STAGE_ZH,
} from '#libs/county/approval';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { AgendaBuilder } from '../session.agenda.js';
import { ConveneJointReview, type Ended, OpenJointReview, ResolveAgendaItem } from '../session.commands.js';

/** Where facts for commands on joint reviews are looked up. */
@Injectable()
export class SessionStores {
  constructor(
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    @Inject(APPLICATION_RUNNER) readonly applications: Pick<ApplicationRunner, 'load'>,
    readonly agenda: AgendaBuilder,
  ) {}
}

export const convening = lookup(ConveneJointReview, async ({ id, meta }, { agenda }: SessionStores) => ({
  agenda: await agenda.build(id, meta.now),
}));

export const opening = lookup(OpenJointReview, async ({ attendance, meta }, stores: SessionStores) => {
  const named = attendance.map(({ department }) => department);
  return { unknown: await departmentsNotStanding(stores.departments, named, dayOf(meta.now)) };
});

export const resolution = lookup(ResolveAgendaItem, async (command, stores: SessionStores) => {
  const { department, application, meta } = command;
  const unknown = await departmentsNotStanding(stores.departments, [department], dayOf(meta.now));
  return { unknown, ended: await endOf(stores, application) };
});

async function endOf({ applications }: SessionStores, application: string): Promise<Ended | null> {
  const { state } = await applications.load(APPLICATION_STREAM + application);
  return isOver(state) ? { stage: state.at, stageZh: STAGE_ZH[state.at] } : null;
}
