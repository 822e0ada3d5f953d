import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { TextDecoder } from 'node:util';
import { PROJECT_REGION } from '#libs/law/catalogue';
import { NAME_RULE, readText } from '#libs/shell/nest';
import { Whole } from '#libs/shell/settings';
import { isZone } from './log-time.js';
import { MAPPED_COMMANDS, type MappedCommand } from './mapping.js';
import { isTimeFormat, TIME_FORMATS } from './time-format.js';

// A file that maps a log, as classes, in the form that mapping-places.ts gives to its content.

const MOST_ENTRIES = 10_000;
const MOST_FORMATS = 20;
const LOG_NAME = /^[a-z0-9][a-z0-9-]{0,49}$/;
const PREFIX = /^([A-Za-z0-9][A-Za-z0-9._-]{0,29})?$/;

const Checked = (message: string, holds: (text: string) => boolean, each = false) =>
  ValidateBy(
    {
      name: 'isOfMapping',
      validator: { validate: (value) => typeof value === 'string' && holds(value) },
    },
    { message, each },
  );

const isName = (text: string): boolean => readText(text, NAME_RULE).fault === null;
const NAME = 'must be a text that shows something (put numbers in quotes)';

/** A name as the file has it: what a log calls its columns is not put in order. */
const Named = () => Checked(NAME, isName);
const OptionalNamed = () => applyDecorators(Named(), IsOptional());
const OptionalFlag = () => applyDecorators(IsBoolean({ message: 'must be true or false' }), IsOptional());

/** Keys that the file chooses, each with what it says of them. */
const EntriesOf = (entry: () => new () => object) =>
  applyDecorators(
    IsArray({ message: 'must be a mapping of keys and values' }),
    ArrayMaxSize(MOST_ENTRIES),
    ValidateNested({ each: true }),
    Type(entry),
    IsOptional(),
  );

export class SourceBody {
  @OptionalNamed()
  column?: string | null;
  @OptionalNamed()
  otherwise?: string | null;
  @OptionalNamed()
  value?: string | null;
}

function isSource(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const { column = null, otherwise = null, value = null } = given as Partial<SourceBody>;
  return (column === null) !== (value === null) && (value === null || otherwise === null);
}

const From = () =>
  applyDecorators(
    ValidateBy(
      { name: 'isSource', validator: { validate: isSource } },
      { message: 'needs either column (and otherwise) or value' },
    ),
    ValidateNested(),
    Type(() => SourceBody),
  );
const OptionalFrom = () => applyDecorators(From(), IsOptional());

/** What the columns of a log are. */
class Columns {
  @From()
  case!: SourceBody;
  @From()
  person!: SourceBody;
  @OptionalFrom()
  row?: SourceBody;
  @OptionalFrom()
  department?: SourceBody;
  @OptionalFrom()
  start?: SourceBody;
  @OptionalFrom()
  end?: SourceBody;
  @OptionalFrom()
  plannedEnd?: SourceBody;
  @OptionalFrom()
  responsible?: SourceBody;
  @OptionalFrom()
  channel?: SourceBody;
  @OptionalFrom()
  applicant?: SourceBody;
  @OptionalFrom()
  name?: SourceBody;
}

/** Where each row says itself what was done and when. */
class RowColumns extends Columns {
  @From()
  activity!: SourceBody;
  @From()
  time!: SourceBody;
  @OptionalFrom()
  begun?: SourceBody;
  @OptionalFrom()
  lifecycle?: SourceBody;
}

const NotWithDates = () =>
  applyDecorators(
    ValidateBy(
      { name: 'isNotWithDates', validator: { validate: () => false } },
      { message: 'cannot stand with dates' },
    ),
    IsOptional(),
  );

/** Where `dates` say it. */
class DatedColumns extends Columns {
  @NotWithDates()
  activity?: null;
  @NotWithDates()
  time?: null;
  @NotWithDates()
  begun?: null;
  @NotWithDates()
  lifecycle?: null;
}

class ProjectBody {
  @Named()
  template!: string;
  @Named()
  matter!: string;
  @Matches(PROJECT_REGION, {
    message: 'must be a 行政区划代码: 6 or 12 digits in quotes, or the two letters of a country (ISO 3166-1)',
  })
  region!: string;
  @IsOptional()
  @Matches(PREFIX, { message: 'must be letters, digits and . _ -, at most 30' })
  prefix?: string | null;
}

class OnlyEntry {
  @Named()
  key!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_ENTRIES)
  @Checked('must be a text (put numbers in quotes)', () => true, true)
  value!: readonly string[];
}

class FieldEntry {
  @Named()
  key!: string;
  @From()
  value!: SourceBody;
}

class ActivityBody {
  @IsIn(MAPPED_COMMANDS)
  command!: MappedCommand;
  @EntriesOf(() => FieldEntry)
  fields?: readonly FieldEntry[] | null;
}

class ActivityEntry {
  @Checked('must be a text', () => true)
  key!: string;
  @ValidateNested()
  @Type(() => ActivityBody)
  value!: ActivityBody;
}

class DateBody {
  @Named()
  activity!: string;
  @OptionalFrom()
  person?: SourceBody | null;
  @OptionalFrom()
  department?: SourceBody | null;
}

class DateEntry {
  @Named()
  key!: string;
  @ValidateNested()
  @Type(() => DateBody)
  value!: DateBody;
}

class DepartmentEntry {
  @Checked('must be a text', () => true)
  key!: string;
  @Named()
  value!: string;
}

/** A name under which the decoder of texts is known here; null for none. */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const FORMATS = ['csv', 'xes', 'xlsx', 'auto'] as const;
const HOURS = ['first', 'second'] as const;

abstract class MappingFile {
  @Matches(LOG_NAME, { message: 'must be small letters, digits and -, at most 50' })
  log!: string;
  @IsOptional()
  @IsIn(FORMATS)
  format?: (typeof FORMATS)[number] | null;
  @IsOptional()
  @Checked('is not known here (utf-8, gb18030, gbk, latin1 are)', (label) => encodingOf(label) !== null)
  encoding?: string | null;
  @IsOptional()
  @Matches(/^[^\r\n"]$/, { message: 'must be one character' })
  delimiter?: string | null;
  @IsOptional()
  @Whole(1, 1_000_000)
  header?: number | null;
  @IsOptional()
  @Checked('must be an IANA time zone or an offset like +08:00', isZone)
  timeZone?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_FORMATS)
  @Checked(`must be ${TIME_FORMATS}`, isTimeFormat, true)
  timeFormat?: readonly string[] | null;
  @IsOptional()
  @IsIn(HOURS)
  doubledHour?: (typeof HOURS)[number] | null;
  @ValidateNested()
  @Type(() => ProjectBody)
  project!: ProjectBody;
  @OptionalNamed()
  outcome?: string | null;
  @EntriesOf(() => OnlyEntry)
  only?: readonly OnlyEntry[] | null;
  @EntriesOf(() => ActivityEntry)
  activities?: readonly ActivityEntry[] | null;
  @EntriesOf(() => DateEntry)
  dates?: readonly DateEntry[] | null;
  @OptionalFlag()
  lastRowIsEnd?: boolean | null;
  @EntriesOf(() => DepartmentEntry)
  departments?: readonly DepartmentEntry[] | null;
  @OptionalFlag()
  increment?: boolean | null;
  @OptionalFlag()
  findings?: boolean | null;
}

export class RowsFile extends MappingFile {
  @ValidateNested()
  @Type(() => RowColumns)
  columns!: RowColumns;
}

export class DatedFile extends MappingFile {
  @ValidateNested()
  @Type(() => DatedColumns)
  columns!: DatedColumns;
}
