import { type CommandWithFacts, type FactNames, factsAside } from '#libs/engine/event-sourcing-testing';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type FireTimer } from '../application/timers.js';

type TestCommand = ApplicationCommand | FireTimer;

/** What tests play: acts of people, and time. */
export type BareApplicationCommand = CommandWithFacts<TestCommand>;

export type Bare<Type extends BareApplicationCommand['type']> = Omit<
  Extract<BareApplicationCommand, { type: Type }>,
  'type' | 'id'
>;

/** Which fields of a test's command are looked up, and not sent. */
const FACTS: FactNames<TestCommand> = {
  SubmitApplication: ['opening', 'consult', 'counter'],
  SubmitSupplement: ['counter'],
  ReuseFile: ['earlier'],
  RequestSupplement: ['knownMaterials'],
  ApproveApplication: ['missing', 'granted', 'needsReview', 'owed'],
  RefuseApplication: ['needsReview', 'owed'],
  CloseApplication: ['missing'],
  AcceptApplication: ['listed'],
  RefuseAcceptance: ['restsOnOwnLaw'],
  ReturnApplication: ['restsOnOwnLaw'],
  CompleteImmediately: ['listed', 'missing'],
  AcceptWithDeficiency: ['listed'],
  GrantFastTrack: ['isKeyProject'],
  MakeCommitment: ['listed'],
  TransferApplication: ['departmentKnown', 'openedBy'],
  RequestConsultation: ['unknown'],
  CorrectRecord: ['original'],
  RateService: ['original'],
  ReportPermitUse: ['missing'],
};

/** What is found for a command whose test says nothing of it: a matter without a list of materials, a return on its own law. */
const USUAL: Partial<Record<BareApplicationCommand['type'], object>> = {
  AcceptApplication: { listed: [] },
  RefuseAcceptance: { restsOnOwnLaw: false },
  ReturnApplication: { restsOnOwnLaw: true },
};

/** The command, with its facts next to it. */
export const informed = <Command extends BareApplicationCommand>(command: Command): Command =>
  factsAside({ ...USUAL[command.type], ...command }, ...(FACTS[command.type] ?? []));
