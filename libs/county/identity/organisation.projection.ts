import { type PersonalText, projection } from '#libs/engine/event-sourcing';
import { type OrganisationEvent } from './organisation.events.js';

/** A person who acts, or acted, for an organisation. */
type HandlingPerson = {
  readonly number: number;
  readonly name: PersonalText;
  readonly telephone: PersonalText;
  readonly idNumber: PersonalText | null;
  /** ISO instants; `until` is null while the person acts for it. */
  readonly since: string;
  readonly until: string | null;
};

/** 申请单位: one organisation. Id: its unified social credit code. */
export type OrganisationDocument = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly legalPerson: PersonalText;
  readonly handlingPersons: readonly HandlingPerson[];
  readonly revision: string;
};

export const organisations = projection<OrganisationDocument, OrganisationEvent>({
  name: 'organisations',
  version: 1,
  model: 'organisations',
  indexes: {},
  keys: (event) => [event.data.organisation],
  create: {
    OrganisationRegistered: ({ data, revision }) => ({
      id: data.organisation,
      name: data.name,
      address: data.address,
      legalPerson: data.legalPerson,
      handlingPersons: [],
      revision: revision.toString(),
    }),
  },
  update: {
    OrganisationCorrected: (document, { data, revision }) => ({
      ...document,
      name: data.name,
      address: data.address,
      legalPerson: data.legalPerson,
      revision: revision.toString(),
    }),
    HandlingPersonNamed: (document, { data, metadata, revision }) => {
      const { number, name, telephone, idNumber } = data;
      const person = { number, name, telephone, idNumber, since: metadata.occurredAt, until: null };
      return {
        ...document,
        handlingPersons: [...document.handlingPersons, person],
        revision: revision.toString(),
      };
    },
    HandlingPersonEnded: (document, { data, metadata, revision }) => ({
      ...document,
      handlingPersons: document.handlingPersons.map((one) =>
        one.number === data.number ? { ...one, until: metadata.occurredAt } : one,
      ),
      revision: revision.toString(),
    }),
  },
});
