import { hash } from 'node:crypto';

/** Namespace of event ids: a fixed UUID of this system, so that no other system's name-based ids can meet ours. */
const EVENT_NAMESPACE = '5f0b1b0e-8a0c-4d3e-9c57-2f6d1b7c4a90';

const namespaces = new Map<string, Buffer>();

function bytesOf(uuid: string): Buffer {
  let bytes = namespaces.get(uuid);
  if (!bytes) {
    bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    namespaces.set(uuid, bytes);
  }
  return bytes;
}

/** A name-based UUID, version 5 (RFC 9562 section 5.5): the same namespace and name give the same id everywhere. */
export function uuidV5(namespace: string, name: string): string {
  const hex = hash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name)]), 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Id of the `index`-th event (from 0) that one attempt at a command made. `attempt` names command and attempt. */
export function eventId(attempt: string, index: number): string {
  return uuidV5(EVENT_NAMESPACE, `${attempt}#${index}`);
}

/**
 * Id that a command's `index`-th event gets. A store treats an append of the same ids after the same revision as a repeated one.
 * Only this very attempt may count as one: the command decided again by another process, at another time, has to lose
 * the race and find the first.
 */
export function eventIdOf(
  { commandId, now }: { readonly commandId: string; readonly now: string },
  commandDigest: string,
  index: number,
): string {
  return eventId(`${commandId} ${commandDigest} ${now}`, index);
}
