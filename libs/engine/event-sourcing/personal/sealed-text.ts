import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type PersonalKey } from './personal-keys.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A text that identifies a person, as events and read models hold it: AES-256-GCM under a key of that person. `person` is the
 * pseudonym that the key is found by, `sealed` is base64url of nonce, ciphertext and tag.
 */
export type SealedText = { readonly person: string; readonly key: string; readonly sealed: string };

/** A field that identifies a person: sealed; or clear, in events from before there were keys and in those of officials. */
export type PersonalText = string | SealedText;

const FIELDS = 'key,person,sealed';

export function isSealedText(value: unknown): value is SealedText {
  if (typeof value !== 'object' || value === null || !('sealed' in value)) return false;
  return (
    Object.keys(value).sort().join() === FIELDS &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

/** Bound to the person and the key: a text that was moved to another person does not open. */
const boundTo = (person: string, key: string): Buffer => Buffer.from(`${person}\0${key}`);

export function sealText(text: string, person: string, { id, key }: PersonalKey): SealedText {
  if (key === null) throw new Error('nothing is sealed under an erased key');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key, 'base64url'), nonce);
  cipher.setAAD(boundTo(person, id));
  const content = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { person, key: id, sealed: content.toString('base64url') };
}

/** Null if it was not sealed under this key, or was changed. */
export function openText({ person, key: id, sealed }: SealedText, key: string): string | null {
  const content = Buffer.from(sealed, 'base64url');
  if (content.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'base64url'), content.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(person, id));
  decipher.setAuthTag(content.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(content.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (error) {
    // GCM says so of every content that is not what was sealed.
    if (error instanceof Error && /unable to authenticate|Unsupported state/.test(error.message)) return null;
    throw error;
  }
}
