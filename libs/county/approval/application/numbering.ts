import { type Counters } from '#libs/engine/counters';
import { type CommandMeta, defined, type JsonObject } from '#libs/engine/event-sourcing';
import { matterOfApplication } from '#libs/county/project';
import { type ApplicationEvent } from './application.events.js';
import { type Application } from './application.state.js';
import {
  formOfDocument,
  numberIn,
  type NumberedDocument,
  type NumberRules,
  seriesOf,
} from './number-rules.js';

/** Numbers of permits that people type. */
export interface TypedNumbers {
  /** Makes the number the application's. Refused, with nothing stored, where another has it or it is of a form that is counted. */
  take(number: string, application: string, meta: CommandMeta): Promise<void>;
}

export interface Numbering {
  readonly rules: NumberRules;
  readonly typed: TypedNumbers;
  readonly counters: Pick<Counters, 'numberOf'>;
}

/** Whose numbers are counted, and for what. */
type Act = { readonly state: Application; readonly meta: CommandMeta };

/**
 * The events of an act with the numbers of its documents. What was typed is taken first: an act that is refused for it has counted
 * nothing. A number is counted, and on record, before the act is: where that is then
 * refused or never comes, the number stays the application's, and a later acceptance or decision of the same year takes it.
 */
export async function withNumbers(
  numbering: Numbering,
  events: readonly ApplicationEvent[],
  act: Act,
): Promise<readonly ApplicationEvent[]> {
  const { application } = act.state;
  for (const number of events.flatMap(typedIn)) await numbering.typed.take(number, application, act.meta);
  const numbered: ApplicationEvent[] = [];
  let permit: string | null = null;
  for (const event of events) {
    const found: ApplicationEvent =
      event.type === 'PermitIssued'
        ? { ...event, data: { ...event.data, permit } }
        : await withNumber(numbering, event, act);
    if (found.type === 'ApplicationApproved') ({ permit } = found.data);
    numbered.push(found);
  }
  return numbered;
}

/** What was typed as the number of the permit, in an approval or an amendment. */
function typedIn({ type, data }: ApplicationEvent): readonly string[] {
  const isGiven = type === 'ApplicationApproved' || type === 'PermitAmended';
  return isGiven && data.permit !== null ? [data.permit] : [];
}

async function withNumber(
  numbering: Numbering,
  event: ApplicationEvent,
  act: Act,
): Promise<ApplicationEvent> {
  const number = (document: NumberedDocument, at = act.meta.occurredAt) =>
    counted(numbering, formOfDocument(numbering.rules, document), at, act);
  if (event.type === 'ApplicationAccepted') {
    return { ...event, data: { ...event.data, receiptNumber: await number('receipt') } };
  }
  if (event.type === 'ApplicationDeemedAccepted') {
    const receiptNumber = await number('receipt', event.data.acceptedAt);
    return { ...event, data: { ...event.data, receiptNumber } };
  }
  if (event.type === 'AcceptanceRefused') {
    return { ...event, data: { ...event.data, decisionNumber: await number('acceptance-refusal') } };
  }
  if (event.type === 'ApplicationRefused') {
    return { ...event, data: { ...event.data, decisionNumber: await number('refusal') } };
  }
  if (event.type !== 'ApplicationApproved') return event;
  const decisionNumber = await number('approval');
  const permit = event.data.permit ?? (await permitNumber(numbering, act)) ?? decisionNumber;
  return { ...event, data: { ...event.data, permit, decisionNumber } };
}

/** The number of a permit whose matter has a form of its own; null where it bears that of the decision. */
async function permitNumber(numbering: Numbering, act: Act): Promise<string | null> {
  const code = matterOfApplication(act.state.application);
  const own = numbering.rules.permits.find(({ matter }) => matter === code);
  return own === undefined ? null : counted(numbering, own.form, act.meta.occurredAt, act);
}

async function counted(
  { rules, counters }: Numbering,
  form: string,
  at: string,
  { state, meta }: Act,
): Promise<string> {
  const { terms, application } = state;
  const department = state.department ?? meta.actor.department;
  const series = seriesOf(rules, form, { department, terms, at });
  return numberIn(series, await counters.numberOf(series, application, meta));
}

/** The numbers of what a command brought about, for its answer. */
export function numbersIn(events: readonly ApplicationEvent[]): JsonObject {
  let found: JsonObject = {};
  for (const event of events) {
    if (event.type === 'ApplicationAccepted' || event.type === 'ApplicationDeemedAccepted') {
      found = { ...found, receiptNumber: event.data.receiptNumber };
    }
    if (event.type === 'AcceptanceRefused' || event.type === 'ApplicationRefused') {
      found = { ...found, ...defined({ decisionNumber: event.data.decisionNumber }) };
    }
    if (event.type === 'MaterialFileHandedIn') {
      found = { ...found, document: event.data.document, sha256: event.data.file.sha256 };
    }
    if (event.type === 'ApplicationApproved') {
      const { decisionNumber, permit } = event.data;
      found = { ...found, ...defined({ decisionNumber, permit: permit ?? undefined }) };
    }
  }
  return found;
}
