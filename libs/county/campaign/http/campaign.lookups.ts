import { Inject, Injectable } from '@nestjs/common';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { type HttpCommand, lookup } from '#libs/shell/nest';
import { AssignCampaignOffice } from '../office.commands.js';
import { DischargeTask, PublishPlan, RevisePlan } from '../plan.commands.js';
import { FulfilPledge, MakePledge } from '../pledge.commands.js';
import { ProofLookup } from './proof.lookup.js';

/** Where facts for commands of the campaign are looked up. */
@Injectable()
export class CampaignStores {
  constructor(
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    readonly proofs: ProofLookup,
  ) {}
}

/** Those of the departments that do not stand on the day of the command. */
async function notStanding(
  { departments }: CampaignStores,
  named: readonly string[],
  { meta }: HttpCommand,
): Promise<{ readonly unknown: readonly string[] }> {
  return { unknown: await departmentsNotStanding(departments, named, dayOf(meta.now)) };
}

const ownersNotStanding = (command: PublishPlan | RevisePlan, stores: CampaignStores) =>
  notStanding(stores, [...new Set(command.tasks.map(({ department }) => department))], command);

export const officeAssignment = lookup(AssignCampaignOffice, (command, stores: CampaignStores) =>
  notStanding(stores, [command.id], command),
);

export const planPublication = lookup(PublishPlan, ownersNotStanding);

export const planRevision = lookup(RevisePlan, ownersNotStanding);

export const discharge = lookup(DischargeTask, async ({ events }, { proofs }: CampaignStores) => ({
  found: await proofs.find(events),
}));

export const pledge = lookup(MakePledge, (command, stores: CampaignStores) =>
  notStanding(stores, command.department ? [command.department] : [], command),
);

export const fulfilment = lookup(FulfilPledge, async ({ events }, { proofs }: CampaignStores) => ({
  found: await proofs.find(events ?? []),
}));
