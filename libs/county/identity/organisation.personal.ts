import { personalFields } from '#libs/engine/event-sourcing';
import { type OrganisationEvent } from './organisation.events.js';

/** Pseudonyms: whose key seals what is said of the legal person and of each handling person. */
const legalPersonOf = (organisation: string): string => `${organisation}/legal-person`;
const handlingPersonOf = (organisation: string, number: number): string => `${organisation}/${number}`;

export const ORGANISATION_PERSONAL_FIELDS = personalFields<OrganisationEvent>({
  OrganisationRegistered: (data, seal) => ({
    ...data,
    legalPerson: seal(legalPersonOf(data.organisation), data.legalPerson),
  }),
  OrganisationCorrected: (data, seal) => ({
    ...data,
    legalPerson: seal(legalPersonOf(data.organisation), data.legalPerson),
  }),
  HandlingPersonNamed: (data, seal) => {
    const person = handlingPersonOf(data.organisation, data.number);
    return {
      ...data,
      name: seal(person, data.name),
      telephone: seal(person, data.telephone),
      idNumber: data.idNumber === null ? null : seal(person, data.idNumber),
    };
  },
});
