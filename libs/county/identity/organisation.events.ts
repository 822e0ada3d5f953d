import { type DomainEvent, type PersonalText } from '#libs/engine/event-sourcing';

/** What the register of enterprises says of an organisation. */
export type OrganisationEntry = {
  readonly name: string;
  readonly address: string;
  /** 法定代表人. */
  readonly legalPerson: PersonalText;
};

/** 登记申请单位. The id is its unified social credit code; accounts that have the code are its own. */
type OrganisationRegistered = DomainEvent<
  'OrganisationRegistered',
  1,
  OrganisationEntry & { readonly organisation: string }
>;

/** 更正或者变更登记: the whole entry from now on. */
type OrganisationCorrected = DomainEvent<
  'OrganisationCorrected',
  1,
  OrganisationEntry & { readonly organisation: string; readonly reason: string }
>;

/** 指定经办人, who acts for the organisation. */
type HandlingPersonNamed = DomainEvent<
  'HandlingPersonNamed',
  1,
  {
    readonly organisation: string;
    /** Counted within the organisation, from 1. */
    readonly number: number;
    readonly name: PersonalText;
    readonly telephone: PersonalText;
    /** 身份证件号码; null where it was not given. */
    readonly idNumber: PersonalText | null;
  }
>;

/** 经办人不再办理. */
type HandlingPersonEnded = DomainEvent<
  'HandlingPersonEnded',
  1,
  { readonly organisation: string; readonly number: number; readonly reason: string }
>;

export type OrganisationEvent =
  OrganisationRegistered | OrganisationCorrected | HandlingPersonNamed | HandlingPersonEnded;
