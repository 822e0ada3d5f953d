import { defined, type JsonObject, RuleViolation } from '#libs/engine/event-sourcing';
import { bodyReader, englishText, invalid, InvalidInput, Name } from '#libs/shell/nest';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { matterOf, templateOf } from './catalogue.definitions.js';
import { PublishMatter } from './catalogue.commands.js';
import { PublishTemplate } from './template.commands.js';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';
import { CATALOGUE_MESSAGES } from './catalogue.messages.js';
import { matterMustBePublishable, templateMustBeSound, validityMayNotOverlap } from './catalogue.rules.js';

/** One thing wrong in a catalogue file. `entry` is the code of the entry or its place, `#3`; both may be empty. */
export type FileIssue = {
  readonly file: string;
  readonly entry: string;
  readonly field: string;
  readonly problem: string;
};

/** A catalogue file that cannot be used. Everything wrong in it is listed, one line each. */
export class CatalogueFileError extends Error {
  override readonly name = 'CatalogueFileError';

  constructor(readonly issues: readonly FileIssue[]) {
    super(
      issues
        .map(({ file, entry, field, problem }) =>
          [file, entry, field, problem].filter((part) => part !== '').join(': '),
        )
        .join('\n'),
    );
  }
}

/** A department as `data/departments.yaml` lists it. */
export type DepartmentEntry = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  /** 行政区划代码 (GB/T 2260), six digits. */
  readonly region: string;
  /** `company`: one for public utilities; left out for a department of the government. */
  readonly kind?: 'company';
};

class DepartmentBody {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  @MaxLength(100)
  id!: string;
  @Name()
  name!: string;
  @Name()
  nameEn!: string;
  @Matches(/^\d{6}$/)
  region!: string;
  @IsOptional()
  @IsIn(['company'])
  kind?: 'company';
}

/** Codes are called `code` in files and in definitions, and `id` in commands, like every thing a URL names. */
const CODED = { in: 'code', out: 'id' } as const;
const NAMED = { in: 'id', out: 'id' } as const;
type Key = typeof CODED | typeof NAMED;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entriesOf(file: string, text: string, list: string): readonly unknown[] {
  const fail = (field: string, problem: string): never => {
    throw new CatalogueFileError([{ file, entry: '', field, problem }]);
  };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new CatalogueFileError(
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { file, entry: '', field: `line ${line}, column ${col}`, problem: error.message };
      }),
    );
  }
  const content = plain(document, (problem) => fail('', problem));
  if (!isRecord(content)) return fail('', `must be a mapping with the one key "${list}"`);
  const other = Object.keys(content).find((key) => key !== list);
  if (other !== undefined) return fail(other, `is not a key of this file; it has "${list}" and no other`);
  const entries: unknown = content[list];
  return Array.isArray(entries) && entries.length > 0
    ? entries
    : fail(list, 'must be a list with at least one entry');
}

/** An alias that names nothing, or too many of them, shows only when the document is turned into data. */
function plain(document: Document.Parsed, fail: (problem: string) => never): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return fail(error.message);
    throw error;
  }
}

/** Reads every entry, so that one run shows every fault of a file. */
function read<Body extends object, Definition>(
  { file, text, list, key }: { file: string; text: string; list: string; key: Key },
  reader: (body: unknown) => Body,
  define: (body: Body) => Definition,
): Definition[] {
  const issues: FileIssue[] = [];
  const codes = new Set<string>();
  const definitions = entriesOf(file, text, list).flatMap((given, index) => {
    const code = isRecord(given) ? given[key.in] : undefined;
    const entry = typeof code === 'string' ? code : `#${index + 1}`;
    const report = (field: string, problem: string): void =>
      void issues.push({ file, entry, field, problem });
    if (codes.has(entry)) report(key.in, 'is listed twice in this file');
    codes.add(entry);
    try {
      return [define(reader(renamed(given, key)))];
    } catch (error) {
      if (error instanceof InvalidInput) {
        for (const { field, reason } of error.errors) report(field === key.out ? key.in : field, reason);
      } else if (error instanceof RuleViolation) report('', ruleText(error.code, error.params));
      else throw error;
      return [];
    }
  });
  if (issues.length > 0) throw new CatalogueFileError(issues);
  return definitions;
}

function renamed(entry: unknown, key: Key): unknown {
  if (!isRecord(entry) || key.in === key.out) return entry;
  const { [key.in]: code, ...rest } = entry;
  // A stray `id` stays visible as a field that does not belong here.
  return 'id' in rest ? { ...rest, 'id (write code)': rest['id'], id: code } : { ...rest, id: code };
}

function ruleText(code: string, params: JsonObject): string {
  const texts: Readonly<Record<string, { readonly en: string }>> = CATALOGUE_MESSAGES;
  return englishText(texts[code]?.en ?? code, params);
}

/** One version of a matter as a file has it. `reason` is null for the first. */
type WrittenVersion = { readonly matter: MatterDefinition; readonly reason: string | null };
/** A matter of a file with its versions in order of their first days. */
export type WrittenMatter = { readonly code: string; readonly versions: readonly WrittenVersion[] };

const readMatter = bodyReader(PublishMatter);

/** A body with `revisions`: each says why it was made, from which day it is in force, and the fields that change. */
function versionsOf(body: unknown): readonly WrittenVersion[] {
  const { revisions = [], ...first } = isRecord(body) ? body : {};
  if (!Array.isArray(revisions)) throw invalid('revisions', 'must be a list', '必须是列表');
  let current: Record<string, unknown> = first;
  const versions: WrittenVersion[] = [writtenVersion(isRecord(body) ? first : body, null)];
  for (const [index, revision] of revisions.entries()) {
    const at = `revisions[${index}]`;
    if (!isRecord(revision)) throw invalid(at, 'must be a mapping', '必须是映射');
    const { reason, ...changes } = revision;
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw invalid(`${at}.reason`, 'must say why the version was made', '须说明修订理由');
    }
    if (!('effectiveFrom' in changes)) {
      throw invalid(`${at}.effectiveFrom`, 'must say from which day it is in force', '须注明施行日期');
    }
    current = { ...current, ...changes };
    const version = writtenVersion(current, reason);
    const before = versions.at(-1);
    if (before) validityMayNotOverlap(before.matter, version.matter);
    versions.push(version);
  }
  return versions;
}

function writtenVersion(body: unknown, reason: string | null): WrittenVersion {
  const matter = matterOf(readMatter(body));
  matterMustBePublishable(matter);
  return { matter, reason };
}

/**
 * Reads approval matters from the text of a YAML file (`matters:`), each with its versions.
 *
 * @throws CatalogueFileError naming file, entry and field of everything that is wrong.
 */
export function parseMatters(file: string, text: string): WrittenMatter[] {
  return read({ file, text, list: 'matters', key: CODED }, versionsOf, (versions) => ({
    code: versions[0]?.matter.code ?? '',
    versions,
  }));
}

/**
 * Reads process templates from the text of a YAML file (`templates:`). Whether their matters are in force is looked at
 * when they are published.
 *
 * @throws CatalogueFileError naming file, entry and field of everything that is wrong.
 */
export function parseTemplates(file: string, text: string): TemplateDefinition[] {
  return read({ file, text, list: 'templates', key: CODED }, bodyReader(PublishTemplate), (body) => {
    const template = templateOf(body);
    templateMustBeSound(template);
    return template;
  });
}

/**
 * Reads departments from the text of a YAML file (`departments:`).
 *
 * @throws CatalogueFileError naming file, entry and field of everything that is wrong.
 */
export function parseDepartments(file: string, text: string): DepartmentEntry[] {
  return read(
    { file, text, list: 'departments', key: NAMED },
    bodyReader(DepartmentBody),
    ({ id, name, nameEn, region, kind }) => ({ id, name, nameEn, region, ...defined({ kind }) }),
  );
}
