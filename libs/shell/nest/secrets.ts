import { type Json } from '#libs/engine/event-sourcing';

/** What people see of an event: that a password was set, but never its hash, at any depth of the data. */
export function withoutSecrets(data: Json): Json {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(withoutSecrets);
  const shown = Object.entries(data).map(([name, value]): [string, Json] => [
    name,
    name === 'passwordHash' ? (value === null ? null : '(set)') : withoutSecrets(value ?? null),
  ]);
  return Object.fromEntries(shown);
}
