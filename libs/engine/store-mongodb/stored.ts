import { type Lease } from '#libs/engine/event-sourcing';
import { type IndexEntry } from './index-keys.js';

/** A read-model document as a collection holds it. `seen` is a 64-bit integer (BSON long), so it compares as a number. */
export type Stored = {
  readonly _id: string;
  readonly seen: bigint;
  readonly document: Record<string, unknown>;
  /** By index name: the keys the index sorts and finds by. */
  readonly index: { readonly [name: string]: IndexEntry };
};

/** How far a projection has come, one document a projection. */
export type StoredCheckpoint = {
  readonly _id: string;
  readonly position: bigint;
  readonly recordedAt: string | null;
  readonly eventId?: string;
};

/** The log that the documents were filled from, one document in all. */
export type StoredLog = { readonly _id: 'log'; readonly id: string };

/** Which version of a projection queries read, one document a projection. */
export type StoredVersion = { readonly _id: string; readonly version: number };

/** The indexes a model was last defined with, one document a model. */
export type StoredModel = { readonly _id: string; readonly indexes: string };

/** What a slot holds, null = nothing; `turn` counts its changes. */
export type StoredSlot = { readonly _id: string; readonly text: string | null; readonly turn: number };

/** One term of one lease. */
export type StoredLease = Lease & { readonly _id: string };
