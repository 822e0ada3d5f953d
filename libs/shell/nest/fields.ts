import { instantIn, isLegalDay } from '#libs/law/calendar';
import { type StatuteReference } from '#libs/law/citations';
import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { TEXT_CHECK } from './class-metadata.js';
import { readText, type TextRule } from './text.js';
import { SaysSomething } from './wordings.js';

/** Characters of a name, a citation, a short label. */
const NAME_LENGTH = 200;
/** Characters of a reason or an opinion. */
const TEXT_LENGTH = 4000;

/** The rule of every name, for those who make commands of something else than a body. */
export const NAME_RULE: TextRule = { max: NAME_LENGTH, lines: false, blank: false };
const TEXT: TextRule = { max: TEXT_LENGTH, lines: true, blank: false };

/** A text by the one rule of texts: what reads the body stores it trimmed and composed. */
const IsText = (rule: TextRule, options?: ValidationOptions) =>
  ValidateBy(
    {
      name: TEXT_CHECK,
      constraints: [rule],
      validator: { validate: (value) => typeof value === 'string' && readText(value, rule).fault === null },
    },
    options,
  );

/** Whatever the length of the list, each element is looked up once. class-validator's own compares all with all. */
const IsDistinct = () =>
  ValidateBy({
    name: 'isDistinct',
    validator: { validate: (value) => Array.isArray(value) && new Set(value).size === value.length },
  });

/** Of a list of objects no two are the same in these fields, as they are stored. */
export const EachOnce = (...keys: readonly string[]) =>
  ValidateBy({
    name: 'isDistinct',
    validator: {
      validate: (value) => {
        if (!Array.isArray(value)) return false;
        // An element that could not be read is reported as that.
        const read = value.filter((one) => typeof one === 'object' && one !== null) as Record<
          string,
          unknown
        >[];
        return new Set(read.map((one) => JSON.stringify(keys.map((key) => one[key])))).size === read.length;
      },
    },
  });

// The fields that commands and queries share, as decorators. In which order a field's checks are made is for the reader
// (validate.ts): type, size, content, elements.

/** A name that must be there and show something. */
export const Name = () => IsText(NAME_RULE);

/** A name that may be left out; where it is there it shows something. */
export const OptionalName = (max = NAME_LENGTH) =>
  applyDecorators(IsText({ ...NAME_RULE, max: max }), IsOptional());

/** A name that must be there and may be blank: a rule says which article asks for it. */
export const NameOrBlank = () => IsText({ ...NAME_RULE, blank: true });

/** A list of one name or more, each there once. */
export const Names = (max: number) =>
  applyDecorators(
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(max),
    IsText(NAME_RULE, { each: true }),
    IsDistinct(),
  );

/** A list of names, none or more, each there once. */
export const AnyNames = (max: number) =>
  applyDecorators(IsArray(), ArrayMaxSize(max), IsText(NAME_RULE, { each: true }), IsDistinct());

/** A list of names that may be left out. */
export const OptionalNames = (max: number) => applyDecorators(AnyNames(max), IsOptional());

/** A reason or opinion that must be there and say something. */
export const Text = () => applyDecorators(IsText(TEXT), SaysSomething());

/** A note that may be left out; where it is there it says something. */
export const OptionalText = () => applyDecorators(Text(), IsOptional());

/** The ground of an act against or to the delay of an applicant, which the article asks for: difficulty alone is none. */
export const Ground = (article: StatuteReference) => applyDecorators(IsText(TEXT), SaysSomething(article));

/** A text of any content, such as the value of a field. */
export const AnyText = () => IsText(TEXT);

/** A list of some of these, each there once. */
export const SomeOf = (choices: readonly string[]) =>
  applyDecorators(IsArray(), ArrayMaxSize(choices.length), IsIn([...choices], { each: true }), IsDistinct());

/** A list of codes of this form, each there once. */
export const Codes = (form: RegExp, max: number) =>
  applyDecorators(IsArray(), ArrayMaxSize(max), Matches(form, { each: true }), IsDistinct());

/** A legal day that must be there. */
export const Day = () => ValidateBy({ name: 'isLegalDay', validator: { validate: isLegalDay } });

/** A legal day that may be left out. */
/** A whole number. */
export const Whole = (min: number, max: number) => applyDecorators(Max(max), Min(min), IsInt());

export const OptionalWhole = (min: number, max: number) => applyDecorators(Whole(min, max), IsOptional());

export const OptionalDay = () => applyDecorators(Day(), IsOptional());

const INSTANT_LENGTH = 40;

/** A legal day, or an instant with a zone, of a query; `instantAsked` and `timesBetween` read it. */
export const OptionalDayOrInstant = () =>
  applyDecorators(MaxLength(INSTANT_LENGTH), IsString(), IsOptional());

/** An instant with a zone that must be there. */
export const Instant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: { validate: (value) => typeof value === 'string' && instantIn(value) !== null },
  });
