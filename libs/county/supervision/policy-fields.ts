// Fields of the policy files, each checked and named where it is wrong. @throws RangeError

const MOST_DAYS = 365;

export function recordOf(value: unknown, keys: readonly string[], where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${where}: a mapping is needed`);
  }
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new RangeError(`${where}: unknown field ${unknown}`);
  return value as Record<string, unknown>;
}

export function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${where}: a list is needed`);
  return value;
}

export function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: unknown,
  where: string,
): Choice {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new RangeError(`${where}: must be one of ${choices.join(', ')}`);
  return choice;
}

export function versionOf(value: unknown, where: string): string {
  if (typeof value === 'string' && /^[A-Za-z0-9.-]{1,40}$/.test(value)) return value;
  throw new RangeError(`${where}.version: 1 to 40 letters, digits, dots or dashes are needed, as text`);
}

export function daysOf(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_DAYS) return value;
  throw new RangeError(`${where}: a whole number from 0 to ${MOST_DAYS} is needed`);
}
