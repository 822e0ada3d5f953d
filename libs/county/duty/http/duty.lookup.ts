import { Inject } from '@nestjs/common';
import { dayOfNumber, numberOfDay } from '#libs/law/calendar';
import { MATTER_RUNNER, MATTER_STREAM, mattersInForce, type MatterRunner } from '#libs/law/catalogue';
import { ReadModels } from '#libs/engine/event-sourcing';
import {
  ACCOUNT_RUNNER,
  ACCOUNT_STREAM,
  type AccountRunner,
  competentOn,
  DEPARTMENT_RUNNER,
  departmentsNotStanding,
  type DepartmentRunner,
  postOn,
} from '#libs/county/identity';
import { type ShownToAll } from '#libs/shell/nest';
import { type DutyMatter, type HeldPost } from '../duty.commands.js';
import { type Assignment, responsibleOn } from '../duty.decider.js';
import { type CatalogueEntry, type Responsible } from '../duty.events.js';
import { DUTY_RUNNER, DUTY_STREAM, type DutyRunner } from '../duty.tokens.js';

/** Why a matter has no responsible person: never named, left the post since, or account closed. */
export type GapCause = 'nobody-named' | 'post-ended' | 'account-closed';

/** A matter in force without a responsible person on a day; the last person named, if any. */
export type DutyGap = {
  readonly matter: string;
  readonly name: string;
  readonly department: string | null;
  readonly cause: GapCause;
  readonly last: Responsible | null;
};

/** `inPost` is false when the person held that post no longer, and no other had been named since: a handover is due. */
export type InPost = ShownToAll<Responsible> & { readonly inPost: boolean };

/** The one answer to "who was responsible for this matter on that day": the handling person, and the leaders above. */
export type DutyAnswer = InPost & {
  readonly matter: string;
  readonly on: string;
  /** First and last legal day of the assignment; `until` is null while it goes on. */
  readonly since: string;
  readonly until: string | null;
  readonly lead: string;
  readonly co: readonly string[];
  readonly principal: InPost | null;
  readonly deputy: InPost | null;
};

/** What lies together from matters, duties and posts. All of it is read from the streams as they are now. */
export class DutyLookup {
  constructor(
    @Inject(DUTY_RUNNER) private readonly duties: DutyRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
    @Inject(ACCOUNT_RUNNER) private readonly accounts: AccountRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    private readonly models: ReadModels,
  ) {}

  /** A matter, with the department that does its business on a legal day. */
  async matter(code: string, day: string): Promise<DutyMatter | null> {
    const { state } = await this.matters.load(MATTER_STREAM + code);
    if (state.at === 'absent') return null;
    return { at: state.at, department: await competentOn(this.departments, state.matter.department, day) };
  }

  /** The post that a person with an open account holds on a legal day. */
  async held(person: string | null, day: string): Promise<HeldPost | null> {
    if (person === null) return null;
    const { state } = await this.accounts.load(ACCOUNT_STREAM + person);
    return state.at === 'open' ? postOn(state, day) : null;
  }

  unknownDepartments(ids: readonly string[], day: string): Promise<readonly string[]> {
    return departmentsNotStanding(this.departments, ids, day);
  }

  /** Null before anybody was named. */
  async answer(matter: string, on: string): Promise<DutyAnswer | null> {
    const { state } = await this.duties.load(DUTY_STREAM + matter);
    const found = responsibleOn(state, on);
    if (found === null) return null;
    const next = state.assignments[state.assignments.indexOf(found) + 1];
    const { from, lead, co, principal, deputy, ...handling } = found;
    return {
      matter,
      on,
      ...(await this.inPost(handling, on)),
      since: from,
      until: next === undefined ? null : dayOfNumber(numberOfDay(next.from) - 1),
      lead,
      co,
      principal: principal && (await this.inPost(principal, on)),
      deputy: deputy && (await this.inPost(deputy, on)),
    };
  }

  /** Every matter in force on record: those with a responsible person on a day, and those without, by code. */
  async survey(
    day: string,
  ): Promise<{ readonly entries: readonly CatalogueEntry[]; readonly gaps: readonly DutyGap[] }> {
    const entries: CatalogueEntry[] = [];
    const gaps: DutyGap[] = [];
    const matters = await mattersInForce(this.models);
    for (const { code, name, department, matterVersion, verified } of matters) {
      const { state } = await this.duties.load(DUTY_STREAM + code);
      const found = responsibleOn(state, day);
      const cause = await this.gapOf(found, day);
      const last = found && { department: found.department, post: found.post, person: found.person };
      if (cause === null && last !== null) entries.push({ matter: code, matterVersion, verified, ...last });
      else gaps.push({ matter: code, name, department, cause: cause ?? 'nobody-named', last });
    }
    return { entries, gaps };
  }

  private async inPost(responsible: Responsible, day: string): Promise<InPost> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + responsible.person);
    return { ...responsible, inPost: state.at !== 'nothing' && holds(postOn(state, day), responsible) };
  }

  private async gapOf(found: Assignment | null, day: string): Promise<GapCause | null> {
    if (found === null) return 'nobody-named';
    const { state } = await this.accounts.load(ACCOUNT_STREAM + found.person);
    if (state.at !== 'open') return 'account-closed';
    return holds(postOn(state, day), found) ? null : 'post-ended';
  }
}

function holds(held: HeldPost | null, { post, department }: Responsible): boolean {
  return held?.post === post && held.department === department;
}
