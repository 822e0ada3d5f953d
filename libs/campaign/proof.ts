import { Inject, Injectable } from '@nestjs/common';
import { type EventStore } from '#libs/event-sourcing';
import { EVENT_STORE, Name } from '#libs/nest';
import { Matches } from 'class-validator';

/** An event of the log, as somebody who names it as evidence writes it. */
export class EventReference {
  @Name()
  stream!: string;
  /** Place in the stream, counted from "0". */
  @Matches(/^(0|[1-9]\d{0,14})$/)
  revision!: string;
}

/** An event that was found in the log: evidence that can be looked up for ever. */
export type Proof = {
  readonly stream: string;
  readonly revision: string;
  readonly event: string;
  readonly type: string;
  /** ISO instant. */
  readonly occurredAt: string;
};

/** A reference with what the log has there; null when it has nothing. */
export type FoundProof = { readonly reference: string; readonly proof: Proof | null };

/** Looks events up that are named as evidence. */
@Injectable()
export class Proofs {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  async find(references: readonly EventReference[]): Promise<readonly FoundProof[]> {
    const found: FoundProof[] = [];
    for (const { stream, revision } of references) {
      found.push({ reference: `${stream}@${revision}`, proof: await this.proof(stream, BigInt(revision)) });
    }
    return found;
  }

  private async proof(stream: string, revision: bigint): Promise<Proof | null> {
    for await (const { id, type, metadata } of this.log.readStream(stream, revision)) {
      const { occurredAt } = metadata;
      return { stream, revision: revision.toString(), event: id, type, occurredAt };
    }
    return null;
  }
}
