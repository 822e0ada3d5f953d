import {
  Act,
  Day,
  HttpCommand,
  Name,
  OptionalDay,
  OptionalName,
  OptionalNames,
  OptionalText,
} from '#libs/shell/nest';
import { Matches } from 'class-validator';
import { type CatalogueEntry } from './duty.events.js';

/** The catalogue's entry of the matter; null if there is none. */
export interface DutyMatter {
  readonly at: 'in-force' | 'abolished';
  /** Null for a joint matter, for which any department may be responsible. */
  readonly department: string | null;
}

/** The post a person holds on the first day of the duty. */
export interface HeldPost {
  readonly post: string;
  readonly department: string;
}

export type DutyFacts = {
  readonly matter: DutyMatter | null;
  readonly held: HeldPost | null;
  readonly principalHeld: HeldPost | null;
  readonly deputyHeld: HeldPost | null;
  /** Those of `lead` and `co` that are not a department that stands. */
  readonly unknown: readonly string[];
};

@Act({
  type: 'AssignDuty',
  path: 'assignment',
  roles: ['admin', 'campaign-office', 'department-head'],
  summary:
    '明确责任人 Name the person responsible for a matter from a day on; at a change of post, the handover',
})
export class AssignDuty extends HttpCommand<DutyFacts> {
  declare readonly type: 'AssignDuty';
  /** Account of the person. The post is the one they hold on that day. */
  @Name()
  person!: string;
  /** 牵头部门; the department that decides, or in a joint matter the person's, when left out. */
  @OptionalName()
  lead?: string | null;
  /** 配合部门; as before when left out. */
  @OptionalNames(50)
  co?: string[] | null;
  /** 主要领导, by account; unchanged when absent, removed when null. */
  @OptionalName()
  principal?: string | null;
  /** 分管领导, likewise. */
  @OptionalName()
  deputy?: string | null;
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  @OptionalText()
  reason?: string;
}

export type DutyCommand = AssignDuty;

export type CatalogueFacts = {
  readonly entries: readonly CatalogueEntry[];
  /** Codes of matters in force for which nobody answers on that day. */
  readonly unassigned: readonly string[];
};

/** That matters are published, 行政许可法 Art. 30 asks; that persons are named with them is the county's own rule. */
@Act({
  type: 'PublishCatalogue',
  path: '',
  roles: ['admin', 'campaign-office'],
  summary: '公布目录 Publish the matters in force, each with the person responsible for it',
})
export class PublishCatalogue extends HttpCommand<CatalogueFacts> {
  declare readonly type: 'PublishCatalogue';
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
  declare id: string;
  @Day()
  effectiveFrom!: string;
  @OptionalText()
  note?: string;
}

export type CatalogueCommand = PublishCatalogue;
