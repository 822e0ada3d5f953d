import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, Matches, ValidateBy, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { bodyReader, InvalidInput, UNKNOWN_FIELD } from '#libs/shell/nest';

/**
 * Makes the reader of one kind of settings, which a class describes, as commands are: `name` is what messages call the file.
 * @throws RangeError naming file, field and value of everything that is wrong
 */
export function settingsReader<T extends object>(target: new () => T, name: string): (content: unknown) => T {
  const read = bodyReader(target);
  return (content) => {
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new RangeError(`${name}: must be a mapping of fields${shown(content)}`);
    try {
      return read(content);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const problems = problemsIn(error, content).map(({ field, reason }) => `${name}: ${field} ${reason}`);
      throw new RangeError(problems.join('; '), { cause: error });
    }
  };
}

/** What is wrong in the content of a file, field by field, with the value that is there. */
export function problemsIn(
  { errors }: InvalidInput,
  content: unknown,
): readonly { readonly field: string; readonly reason: string }[] {
  return errors.map(({ field, reason }) => ({
    field,
    reason: `${inFile(reason)}${shown(valueAt(content, field))}`,
  }));
}

const inFile = (reason: string): string =>
  reason === UNKNOWN_FIELD.reason ? 'is not a field of this file' : reason;

/** `ladder[0].level` → what is there. */
function valueAt(content: unknown, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    content,
  );
}

const MOST_SHOWN = 60;

/** Short values as they are written; what is missing, or long, is not repeated. */
function shown(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text === '' || text.length > MOST_SHOWN ? '' : `, not ${text}`;
}

/** A whole number within bounds. */
export const Whole = (least: number, most: number) =>
  ValidateBy(
    {
      name: 'isWhole',
      validator: { validate: (value) => Number.isInteger(value) && value >= least && value <= most },
    },
    { message: `must be a whole number from ${least} to ${most}` },
  );

/** The name that a file gives to its state. */
export const VersionLabel = () =>
  Matches(/^[A-Za-z0-9.-]{1,40}$/, {
    message: 'must be 1 to 40 letters, digits, dots or dashes, in quotes',
  });

/** A list of mappings of one kind. */
export const ListOf = (element: () => new () => object, most: number) =>
  applyDecorators(IsArray(), ArrayMaxSize(most), ValidateNested({ each: true }), Type(element));

/** A list that is right as a whole. `holds` looks at what the file has, before its elements are checked. */
export const AsAWhole = (name: string, message: string, holds: (list: readonly unknown[]) => boolean) =>
  ValidateBy({ name, validator: { validate: (value) => Array.isArray(value) && holds(value) } }, { message });
