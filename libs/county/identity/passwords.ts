import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { HashingQueue } from './hashing-queue.js';

/** OWASP's lowest setting of Argon2id for interactive sign-in: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a random password: checked for unknown names, so that they take as long as known ones. */
let decoy: Promise<string> | null = null;

/** One for the process: what is bounded is its memory and its threads. */
const queue = new HashingQueue();

/** Argon2id hash in PHC form. @throws HttpProblem 503 when too many wait for theirs */
export function hashPassword(password: string): Promise<string> {
  return queue.run(() => hash(password, COST));
}

/**
 * False when the account is unknown or has no password; both take the same time.
 * @throws HttpProblem 503 when too many wait for theirs
 */
export async function passwordIs(hashed: string | null, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', COST);
  const against = hashed ?? (await decoy);
  const matches = await queue.run(() => verify(against, password));
  return matches && hashed !== null;
}

/**
 * Replaces a password in a command's digest, which the log keeps: a keyed digest, because a plain one could be searched by a
 * reader of the log.
 */
export function passwordFingerprint(secret: Uint8Array, password: string): string {
  return createHmac('sha256', secret).update('password\0').update(password).digest('base64url');
}
