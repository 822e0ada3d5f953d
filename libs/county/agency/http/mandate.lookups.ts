import { Inject, Injectable } from '@nestjs/common';
import {
  AccountDirectory,
  competentOn,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
} from '#libs/county/identity';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '#libs/county/project';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { ConfirmMandate, GrantMandate, type RecorderFacts, RevokeMandate } from '../mandate.commands.js';
import { MANDATE_RUNNER, MANDATE_STREAM, type MandateRunner } from '../mandate.tokens.js';

/** Where facts for commands on mandates are looked up. */
@Injectable()
export class AgencyStores {
  constructor(
    @Inject(MANDATE_RUNNER) readonly mandates: MandateRunner,
    @Inject(PROJECT_RUNNER) readonly projects: ProjectRunner,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    readonly accounts: AccountDirectory,
  ) {}
}

export const grant = lookup(
  GrantMandate,
  async ({ agent, applicant, project, meta }, { accounts, projects }: AgencyStores) => ({
    agentRole: await roleOf(accounts, agent),
    applicantRole: await roleOf(accounts, applicant ?? meta.actor.person),
    projectOf: project === undefined ? null : await applicantOf(projects, project),
  }),
);

async function roleOf(accounts: AccountDirectory, name: string): Promise<string | null> {
  const entry = await accounts.find(name);
  return entry?.account.at === 'open' ? entry.account.role : null;
}

async function applicantOf(projects: ProjectRunner, project: string): Promise<string | null> {
  const { state } = await projects.load(PROJECT_STREAM + project);
  return state.at === 'registered' ? state.registered.applicant : null;
}

/** The department that recorded a mandate may act on it too: whose business that is today is looked up. */
async function recorder(
  { id, meta }: ConfirmMandate | RevokeMandate,
  { mandates, departments }: AgencyStores,
): Promise<RecorderFacts> {
  const { state } = await mandates.load(MANDATE_STREAM + id);
  const department = state.at === 'absent' ? null : (state.recordedBy?.department ?? null);
  return { competent: await competentOn(departments, department, dayOf(meta.now)) };
}

export const confirmation = lookup(ConfirmMandate, recorder);

export const revocation = lookup(RevokeMandate, recorder);
