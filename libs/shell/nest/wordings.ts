import { RuleViolation } from '#libs/engine/event-sourcing';
import { cited, isTroubleAlone, saysNothing, type StatuteReference } from '#libs/law/citations';
import { FieldMarks } from './marked-fields.js';

/** What a text has to say; with an article: it is the ground of an act that this article asks a ground for. */
type Wording = { readonly ground: StatuteReference | null };

const marks = new FieldMarks<Wording>();

/** Says that a text is in the words of the caller: a sign or a word that means nothing is not accepted. */
export const SaysSomething = (ground: StatuteReference | null = null): PropertyDecorator =>
  marks.put({ ground });

/** True where a class or one nested in it has a field in the words of the caller. */
export function hasWordings(target: new () => object): boolean {
  return marks.anyIn(target);
}

/** The refusal of the first text that says nothing, or of a ground that is none; null when all of them say something. */
export function wordingFault(target: new () => object, command: object): RuleViolation | null {
  for (const { mark, field, value: text } of marks.in(target, command)) {
    // That nothing is written is for the rule that asks for it.
    if (text.trim() === '') continue;
    const article = mark.ground && cited(mark.ground);
    if (saysNothing(text)) return new RuleViolation('law.says-nothing', { field, text }, 'input', article);
    if (mark.ground !== null && isTroubleAlone(text)) {
      return new RuleViolation('law.trouble-is-no-ground', { field, text }, 'input', article);
    }
  }
  return null;
}
