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
  /** The department of its actor; null for an actor without one. */
  readonly by: string | null;
  /** The department whose business the thing is, by the event or by the first of its stream; null where neither says. */
  readonly of: string | null;
};

/** A reference with what the log has there; null when it has nothing. */
export type FoundProof = { readonly reference: string } & (
  { readonly proof: Proof; readonly doing: Doing } | { readonly proof: null; readonly doing: null }
);

export type ProofFacts = {
  /** What the log has of the events that are named. */
  readonly found: readonly FoundProof[];
};
