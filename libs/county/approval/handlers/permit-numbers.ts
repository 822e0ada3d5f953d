import {
  type CommandMeta,
  type EventStore,
  type JsonObject,
  RuleViolation,
} from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { isCounted, type NumberRules } from '../application/number-rules.js';
import { type TypedNumbers } from '../application/numbering.js';
import { type LookupViolation } from './lookup.messages.js';

const KIND = 'permit-number';

/** Numbers of permits that people type: those of certificates which another system prints. */
export class PermitNumbers implements TypedNumbers {
  constructor(
    private readonly values: UniqueValues,
    private readonly events: EventStore,
    private readonly rules: NumberRules,
  ) {}

  /** @throws RuleViolation 422, 409 */
  async take(number: string, application: string, meta: CommandMeta): Promise<void> {
    // A permit may keep, or get back, a number that it has on record, one that was counted too.
    if (await this.has(application, number)) return;
    const params = { field: 'permit', application, number };
    if (isCounted(this.rules, number)) throw refusal('application.permit-number-counted', params, 'input');
    const value = { kind: KIND, value: number, holder: application };
    const taken = await this.values.take(value, meta, (other) => this.has(other, number));
    if (taken !== null) throw refusal('application.permit-number-taken', params, 'state');
  }

  private async has(application: string, number: string): Promise<boolean> {
    for await (const { data } of this.events.readStream(APPLICATION_STREAM + application)) {
      if ((data as JsonObject)['permit'] === number) return true;
    }
    return false;
  }
}

const refusal = (code: LookupViolation, params: JsonObject, kind: 'input' | 'state'): RuleViolation =>
  new RuleViolation(code, params, kind);
