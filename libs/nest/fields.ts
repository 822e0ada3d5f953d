import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';

/** Characters of a name, a citation, a short label. */
export const NAME_LENGTH = 200;
/** Characters of a reason or an opinion. */
export const TEXT_LENGTH = 4000;
/** Written YYYY-MM-DD. Whether the month has that day is for the rules to say. */
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

// The fields that commands share, as decorators. Listed from the last check to the first: that is the order in which
// stacked decorators run, and so the order in which a caller is told of problems.

/** A name that must be there and not be empty. */
export const Name = () => applyDecorators(MaxLength(NAME_LENGTH), IsNotEmpty(), IsString());

/** A name that may be left out; where it is there it may be empty unless `filled`. */
export const OptionalName = ({ filled = false }: { readonly filled?: boolean } = {}) =>
  applyDecorators(MaxLength(NAME_LENGTH), ...(filled ? [IsNotEmpty()] : []), IsString(), IsOptional());

/** A list of one name or more, each there once and none empty. */
export const Names = (most: number) =>
  applyDecorators(
    MaxLength(NAME_LENGTH, { each: true }),
    IsNotEmpty({ each: true }),
    IsString({ each: true }),
    ArrayUnique(),
    ArrayMaxSize(most),
    ArrayNotEmpty(),
    IsArray(),
  );

/** A list of names that may be left out. */
export const OptionalNames = (most: number) =>
  applyDecorators(
    MaxLength(NAME_LENGTH, { each: true }),
    IsString({ each: true }),
    ArrayMaxSize(most),
    IsArray(),
    IsOptional(),
  );

/** A reason or opinion that must be there and not be empty. */
export const Text = () => applyDecorators(MaxLength(TEXT_LENGTH), IsNotEmpty(), IsString());

/** A note that may be left out. */
export const OptionalText = () => applyDecorators(MaxLength(TEXT_LENGTH), IsString(), IsOptional());

/** A legal day that must be there. */
export const Day = () => Matches(DAY);

/** A legal day that may be left out. */
export const OptionalDay = () => applyDecorators(Matches(DAY), IsOptional());
