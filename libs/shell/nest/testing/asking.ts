import { Act, HttpCommand } from '../act.js';
import { InvalidInput } from '../http-problem.js';
import { Names, OptionalText, Text } from '../fields.js';
import { bodyReader } from '../validate.js';

@Act({ type: 'Declare', path: 'declare', roles: ['window'], summary: 'Declare' })
class Declare extends HttpCommand {
  declare readonly type: 'Declare';
  @Names(50)
  materials!: string[];
  @Text()
  statement!: string;
  @OptionalText()
  note?: string;
}
export const readDeclare = bodyReader(Declare);

export function refusalOf(body: unknown): InvalidInput {
  try {
    readDeclare(body);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('it was read');
}
