import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { InvalidQuery } from '#libs/engine/event-sourcing';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals the cursors of lists, so that a cursor reveals nothing of its content and is accepted only for the list and the person
 * it was issued to. Processes of one system share a secret and open each other's cursors.
 *
 * The same place of the same list has the same cursor: the nonce is derived from the content, so that no nonce is used for two
 * contents.
 */
export class CursorSeal {
  readonly #key: Uint8Array;
  readonly #nonceKey: Uint8Array;

  constructor(secret: Uint8Array) {
    const derived = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', use, KEY_BYTES));
    this.#key = derived('zhitong cursor');
    this.#nonceKey = derived('zhitong cursor nonce');
  }

  /** `about` says which list, with which filters, for whom. */
  close(content: string, about: string): string {
    const nonce = createHmac('sha256', this.#nonceKey)
      .update(JSON.stringify([about, content]))
      .digest()
      .subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws InvalidQuery when it was not given out by `close` about the same. */
  open(cursor: string, about: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    // Base64url has several texts for some bytes: only the one that was given out is a cursor.
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== cursor) throw notOfThis();
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const content = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([content, decipher.final()]).toString();
    } catch (cause) {
      throw notOfThis(cause);
    }
  }
}

function notOfThis(cause?: unknown): InvalidQuery {
  return new InvalidQuery('the cursor is not one of this list, these filters and this person', { cause });
}
