import { type Readable } from 'node:stream';

/** The SHA-256 of a content in lower-case hexadecimal digits: the name that it is kept under. */
export type Digest = string;
export const DIGEST = /^[0-9a-f]{64}$/;

/** A content that was kept. */
export interface KeptBlob {
  readonly sha256: Digest;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** A part of a content, both ends in it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Keeps contents under their digests. The same content is kept once, whatever it is called and by whom it came. Nobody sees a
 * content that is not there as a whole.
 */
export interface BlobStore {
  /** The content of a file on this machine is durable under its digest when it resolves. @throws StoreFull, StoreUnavailable */
  keep(file: string, sha256: Digest): Promise<void>;
  /** Null where nothing is kept under the digest. @throws StoreUnavailable */
  find(sha256: Digest): Promise<KeptBlob | null>;
  /** @throws StoreUnavailable, BlobMissing */
  read(sha256: Digest, range?: ByteRange): Promise<Readable>;
  all(): AsyncIterable<KeptBlob>;
  /** Removes what was kept before an instant, and is not kept again since; false where there is no such. */
  removeOlder(sha256: Digest, before: number): Promise<boolean>;
}

/** What the log names is not there. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';

  constructor(readonly sha256: Digest) {
    super(`no content is kept under ${sha256}`);
  }
}
