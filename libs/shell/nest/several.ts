import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';

const literally = (text: string): string => text.replaceAll(/[^\w-]/g, String.raw`\$&`);

/** One of these or several, with commas between them, in an address: `lamp=yellow,red`. It may be left out. */
export const OptionalSeveralOf = (choices: readonly string[]) => {
  const one = `(${choices.map(literally).join('|')})`;
  return applyDecorators(
    Matches(new RegExp(`^${one}(,${one}){0,${choices.length * 2}}$`), {
      message: `must be one or several of these, with commas between them: ${choices.join(', ')}`,
    }),
    IsOptional(),
  );
};

/** The choices that are named, each once, in their own order; undefined where none is. */
export function severalIn<Choice extends string>(
  choices: readonly Choice[],
  text: string | undefined,
): readonly Choice[] | undefined {
  if (text === undefined) return undefined;
  const named = new Set(text.split(','));
  return choices.filter((choice) => named.has(choice));
}
