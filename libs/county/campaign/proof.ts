import { Inject, Injectable } from '@nestjs/common';
import { type EventStore, type StoredEvent } from '#libs/engine/event-sourcing';
import { EVENT_STORE, Name } from '#libs/shell/nest';
import { Matches } from 'class-validator';

/** An event of the log, as somebody who names it as evidence writes it. */
export class EventReference {
  @Name()
  stream!: string;
  /** Place in the stream, counted from "0". */
  @Matches(/^(0|[1-9]\d{0,14})$/)
  revision!: string;
}

/** An event that was found in the log: evidence that can be looked up forever. */
export type Proof = {
  readonly stream: string;
  readonly revision: string;
  readonly event: string;
  readonly type: string;
  /** ISO instant. */
  readonly occurredAt: string;
};

/** Whose doing an event is, which says what it can show. */
export type Doing = {
  readonly role: string;
  /** The department of whoever did it; null for somebody of none. */
  readonly by: string | null;
  /** The department whose business the thing is, by the event or by the first of its stream; null where neither says. */
  readonly of: string | null;
};

/** A reference with what the log has there; null when it has nothing. */
export type FoundProof = { readonly reference: string } & (
  { readonly proof: Proof; readonly doing: Doing } | { readonly proof: null; readonly doing: null }
);

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
    const event = await this.event(stream, BigInt(revision));
    if (event === null) return { reference, proof: null, doing: null };
    const { id, type, data, metadata } = event;
    const { actor, occurredAt } = metadata;
    const of = ownerOf(data) ?? ownerOf((await this.event(stream, 0n))?.data);
    return {
      reference,
      proof: { stream, revision, event: id, type, occurredAt },
      doing: { role: actor.role, by: actor.department, of },
    };
  }

  private async event(stream: string, revision: bigint): Promise<StoredEvent | null> {
    for await (const event of this.log.readStream(stream, revision)) return event;
    return null;
  }
}

/** Events of a case, a pledge or a request say it themselves; those of a matter say it in its definition. */
function ownerOf(data: unknown): string | null {
  const { department, matter } = fieldsOf(data);
  const said = department ?? fieldsOf(matter)['department'];
  return typeof said === 'string' ? said : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
