import { type EventStore, isImported, type JsonObject, RuleViolation } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { isCounted, type NumberRules } from '../application/number-rules.js';
import { type ApproveApplication } from '../decision/decision.commands.js';
import { type AmendPermit } from '../permit/permit.commands.js';
import { type LookupViolation } from './lookup.messages.js';

const KIND = 'permit-number';

/** Numbers of permits that people type: those of certificates which another system prints. */
export class PermitNumbers {
  constructor(
    private readonly values: UniqueValues,
    private readonly events: EventStore,
    private readonly rules: NumberRules,
  ) {}

  /** Called before the permit has the number. @throws RuleViolation 422, 409 */
  async take({ id: application, permit: number, meta }: ApproveApplication | AmendPermit): Promise<void> {
    if (!number || isImported(meta)) return;
    // A retry gets its first answer, whatever was taken since.
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
