import { Injectable } from '@nestjs/common';
import { lookup } from '#libs/shell/nest';
import { AssignDuty, PublishCatalogue } from '../duty.commands.js';
import { firstDayOf } from '../duty.decider.js';
import { GrantDelegation, PostAtWindow } from '../roster.commands.js';
import { rosterDayOf } from '../roster.rules.js';
import { DutyLookup } from './duty.lookup.js';
import { RosterLookup } from './roster.lookup.js';

/** Where facts for commands on duties and rosters are looked up. */
@Injectable()
export class DutyStores {
  constructor(
    readonly duties: DutyLookup,
    readonly rosters: RosterLookup,
  ) {}
}

export const assignment = lookup(AssignDuty, async (command, { duties }: DutyStores) => {
  const day = firstDayOf(command);
  const { id, person, principal = null, deputy = null, lead, co } = command;
  return {
    matter: await duties.matter(id, day),
    held: await duties.held(person, day),
    principalHeld: await duties.held(principal, day),
    deputyHeld: await duties.held(deputy, day),
    unknown: await duties.unknownDepartments([...(lead ? [lead] : []), ...(co ?? [])], day),
  };
});

export const publication = lookup(PublishCatalogue, async ({ effectiveFrom }, { duties }: DutyStores) => {
  const { entries, gaps } = await duties.survey(effectiveFrom);
  return { entries, unassigned: gaps.map(({ matter }) => matter) };
});

export const windowPost = lookup(PostAtWindow, async (command, { rosters }: DutyStores) => ({
  found: await rosters.person(command.person, rosterDayOf(command)),
}));

export const delegation = lookup(GrantDelegation, async (command, { duties }: DutyStores) => {
  const matters = command.matters ?? [];
  const found = await Promise.all(matters.map((code) => duties.matter(code, rosterDayOf(command))));
  return { unknown: matters.filter((_, index) => found[index] === null) };
});
