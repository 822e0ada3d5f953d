import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import { isWithoutPost } from '#libs/shell/roles';
import { creditCodeMustFit, violation } from './account.rules.js';
import { type OrganisationCommand, type RegisterOrganisation } from './organisation.commands.js';
import { type OrganisationEntry, type OrganisationEvent } from './organisation.events.js';

export type OrganisationState =
  | { readonly at: 'nothing' }
  | {
      readonly at: 'registered';
      readonly entry: OrganisationEntry;
      /** How many handling persons were named so far. */
      readonly named: number;
      /** Numbers of those who act for it. */
      readonly handling: readonly number[];
    };

type Registered = Extract<OrganisationState, { at: 'registered' }>;

function register(state: OrganisationState, command: RegisterOrganisation): OrganisationEvent[] {
  const { id: organisation, name, address, legalPerson } = command;
  mustHoldAPost(command);
  creditCodeMustFit('id', organisation);
  if (state.at === 'registered') throw violation('organisation.exists', { organisation }, 'state');
  const data = { organisation, name, address, legalPerson };
  return [{ type: 'OrganisationRegistered', version: 1, data }];
}

/** A clerk enters an organisation in office only. */
function mustHoldAPost({ meta: { actor } }: OrganisationCommand): void {
  if (isWithoutPost(actor)) {
    throw violation('organisation.not-in-office', { person: actor.person }, 'permission');
  }
}

function mustBeRegistered(state: OrganisationState, command: OrganisationCommand): Registered {
  mustHoldAPost(command);
  const organisation = command.id;
  if (state.at === 'registered') return state;
  throw violation('organisation.unknown', { organisation }, 'absent');
}

export const organisationDecider: Decider<OrganisationState, OrganisationCommand, OrganisationEvent> = {
  initial: { at: 'nothing' },

  decide: decideBy<OrganisationState, OrganisationCommand, OrganisationEvent>({
    RegisterOrganisation: register,
    CorrectOrganisation(state, command) {
      mustBeRegistered(state, command);
      const { id: organisation, name, address, legalPerson, reason } = command;
      const data = { organisation, name, address, legalPerson, reason };
      return [{ type: 'OrganisationCorrected', version: 1, data }];
    },
    NameHandlingPerson(state, command) {
      const number = mustBeRegistered(state, command).named + 1;
      const { id: organisation, name, telephone, idNumber = null } = command;
      const data = { organisation, number, name, telephone, idNumber };
      return [{ type: 'HandlingPersonNamed', version: 1, data }];
    },
    EndHandlingPerson(state, command) {
      const { handling } = mustBeRegistered(state, command);
      const { id: organisation, number, reason } = command;
      if (!handling.includes(number)) {
        throw violation('organisation.no-such-handling-person', { organisation, number }, 'input');
      }
      return [{ type: 'HandlingPersonEnded', version: 1, data: { organisation, number, reason } }];
    },
  }),

  evolve(state, event) {
    if (event.type === 'OrganisationRegistered') {
      return { at: 'registered', entry: entryOf(event.data), named: 0, handling: [] };
    }
    if (state.at === 'nothing')
      throw new Error(`${event.stream}: ${event.type} before OrganisationRegistered`);
    switch (event.type) {
      case 'OrganisationCorrected':
        return { ...state, entry: entryOf(event.data) };
      case 'HandlingPersonNamed': {
        const { number } = event.data;
        return { ...state, named: number, handling: [...state.handling, number] };
      }
      case 'HandlingPersonEnded':
        return { ...state, handling: state.handling.filter((one) => one !== event.data.number) };
      default:
        return impossible(event);
    }
  },
};

const entryOf = ({ name, address, legalPerson }: OrganisationEntry): OrganisationEntry => ({
  name,
  address,
  legalPerson,
});
