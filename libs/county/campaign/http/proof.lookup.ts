import { eventAt, type EventStore } from '#libs/engine/event-sourcing';
import { EVENT_STORE } from '#libs/shell/nest';
import { Inject, Injectable } from '@nestjs/common';
import { type EventReference } from '../event-reference.js';
import { type FoundProof } from '../proof.js';

/** Looks events up that are named as evidence. */
@Injectable()
export class ProofLookup {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  async find(references: readonly EventReference[]): Promise<readonly FoundProof[]> {
    const found: FoundProof[] = [];
    for (const { stream, revision } of references) {
      found.push(await this.found(stream, revision));
    }
    return found;
  }

  private async found(stream: string, revision: string): Promise<FoundProof> {
    const reference = `${stream}@${revision}`;
    const event = await eventAt(this.log, stream, BigInt(revision));
    if (event === null) return { reference, proof: null, doing: null };
    const { id, type, data, metadata } = event;
    const { actor, occurredAt } = metadata;
    const of = ownerOf(data) ?? ownerOf((await eventAt(this.log, stream, 0n))?.data);
    return {
      reference,
      proof: { stream, revision, event: id, type, occurredAt },
      doing: { role: actor.role, by: actor.department, of },
    };
  }
}

/** Events of an application, a pledge or a request say it themselves; those of a matter say it in its definition. */
function ownerOf(data: unknown): string | null {
  const { department, matter } = fieldsOf(data);
  const said = department ?? fieldsOf(matter)['department'];
  return typeof said === 'string' ? said : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
