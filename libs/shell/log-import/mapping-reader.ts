import { PROJECT_REGION } from '#libs/law/catalogue';
import { readFile } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { isMap, LineCounter, type Node, parseDocument } from 'yaml';
import { isZone } from './log-time.js';
import { isTimeFormat, ISO, TIME_FORMATS } from './time-format.js';
import { hasCode, messageOf } from './log-record.js';
import { MappingNodes } from './mapping-nodes.js';
import {
  type ActivityRule,
  type DateColumn,
  MAPPED_COMMANDS,
  type MappedCommand,
  type Mapping,
  MappingError,
  type Source,
} from './mapping.js';

/** @throws MappingError */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new MappingError(path, [{ line: 1, field: '(file)', reason: messageOf(error) }]);
  });
  return parseMapping(text, path);
}

/** All problems are reported together, each with its line. @throws MappingError */
export function parseMapping(text: string, path: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const reader = new MappingReader(path, lines);
  for (const error of document.errors)
    reader.problemAt(error.pos[0], '(yaml)', error.message.split('\n')[0] ?? '');
  reader.stopAtProblems();
  const mapping = reader.mapping(document.contents);
  reader.stopAtProblems();
  return mapping;
}

const REQUIRED_COLUMNS = ['case', 'activity', 'time', 'person'] as const;
const LOG_NAME = /^[a-z0-9][a-z0-9-]{0,49}$/;
const PREFIX = /^([A-Za-z0-9][A-Za-z0-9._-]{0,29})?$/;

const isFormat = (text: string): text is Mapping['format'] => ['csv', 'xes', 'xlsx', 'auto'].includes(text);

/** Walks the YAML tree and keeps the place of everything it does not like. */
class MappingReader extends MappingNodes {
  mapping(root: Node | null): Mapping {
    const top = this.entries(root, '', [
      'log', 'format', 'encoding', 'delimiter', 'timeZone', 'columns', 'project', 'outcome', 'only', 'activities',
      'increment', 'header', 'timeFormat', 'doubledHour', 'lastRowIsEnd', 'departments', 'dates', 'findings',
    ]); // prettier-ignore
    const dates = this.dates(top.get('dates') ?? null);
    const columns = this.columns(top.get('columns') ?? null, root, dates.length > 0);
    const project = this.entries(top.get('project') ?? null, 'project', [
      'template',
      'matter',
      'region',
      'prefix',
    ]);
    const projectNode = top.get('project') ?? root;
    const format = this.text(top.get('format') ?? null, 'format', root, 'auto');
    if (!isFormat(format)) {
      this.problem(top.get('format') ?? null, 'format', `"${format}" is none of csv, xes, xlsx, auto`);
    }
    return {
      log: this.text(
        top.get('log') ?? null,
        'log',
        root,
        null,
        LOG_NAME,
        'small letters, digits and -, at most 50',
      ),
      format: isFormat(format) ? format : 'auto',
      header: this.whole(top.get('header') ?? null, 'header'),
      encoding: this.encoding(top.get('encoding') ?? null),
      delimiter: this.text(
        top.get('delimiter') ?? null,
        'delimiter',
        root,
        ',',
        /^[^\r\n"]$/,
        'one character',
      ),
      timeZone: this.timeZone(top.get('timeZone') ?? null, root),
      timeFormat: this.timeFormat(top.get('timeFormat') ?? null),
      doubledHour: this.doubledHour(top.get('doubledHour') ?? null, root),
      columns,
      project: {
        template: this.text(project.get('template') ?? null, 'project.template', projectNode, null),
        matter: this.text(project.get('matter') ?? null, 'project.matter', projectNode, null),
        region: this.text(
          project.get('region') ?? null,
          'project.region',
          projectNode,
          null,
          PROJECT_REGION,
          '行政区划代码, 6 or 12 digits in quotes',
        ),
        prefix: this.text(
          project.get('prefix') ?? null,
          'project.prefix',
          projectNode,
          '',
          PREFIX,
          'letters, digits and . _ -, at most 30',
        ),
      },
      outcome: this.text(top.get('outcome') ?? null, 'outcome', root, 'completed'),
      only: this.only(top.get('only') ?? null),
      activities: this.activities(top.get('activities') ?? null),
      dates,
      lastRowIsEnd: this.flag(top.get('lastRowIsEnd') ?? null, 'lastRowIsEnd'),
      departments: this.departments(top.get('departments') ?? null),
      increment: this.flag(top.get('increment') ?? null, 'increment'),
      findings: this.flag(top.get('findings') ?? null, 'findings'),
    };
  }

  /** @param dated each column of `dates` says what was done and when, so that no column says it for the row */
  private columns(node: Node | null, root: Node | null, dated: boolean): Mapping['columns'] {
    const entries = this.entries(node, 'columns', [
      'case', 'activity', 'time', 'row', 'department', 'person', 'start', 'end', 'plannedEnd', 'responsible', 'channel',
      'applicant', 'name', 'begun', 'lifecycle',
    ]); // prettier-ignore
    for (const name of REQUIRED_COLUMNS) {
      const isOfDates = dated && (name === 'activity' || name === 'time');
      if (!entries.get(name) && !isOfDates) this.problem(node ?? root, `columns.${name}`, 'is missing');
    }
    if (dated) {
      for (const name of ['activity', 'time', 'begun', 'lifecycle']) {
        if (entries.get(name)) this.problem(node, `columns.${name}`, 'cannot stand with dates');
      }
    }
    const source = (name: string): Source | null => {
      const value = entries.get(name) ?? null;
      return value ? this.source(value, `columns.${name}`) : null;
    };
    const needed = (name: string): Source => source(name) ?? { column: null, otherwise: null };
    return {
      case: needed('case'),
      activity: needed('activity'),
      time: needed('time'),
      row: source('row'),
      department: source('department'),
      person: needed('person'),
      start: source('start'),
      end: source('end'),
      plannedEnd: source('plannedEnd'),
      responsible: source('responsible'),
      begun: source('begun'),
      lifecycle: source('lifecycle'),
      channel: source('channel'),
      applicant: source('applicant') ?? { column: null, otherwise: 'applicant' },
      name: source('name'),
    };
  }

  /** `DECIDED_ON: decision`, or `DECIDED_ON: { activity: decision, person: DECIDED_BY, department: … }`. */
  private dates(node: Node | null): readonly DateColumn[] {
    return [...this.entries(node, 'dates', null)].map(([column, value]) => {
      const field = `dates.${column}`;
      if (!isMap(value)) {
        return { column, activity: this.text(value, field, node, null), person: null, department: null };
      }
      const entries = this.entries(value, field, ['activity', 'person', 'department']);
      const source = (name: string): Source | null => {
        const own = entries.get(name) ?? null;
        return own && this.source(own, `${field}.${name}`);
      };
      return {
        column,
        activity: this.text(entries.get('activity') ?? null, `${field}.activity`, value, null),
        person: source('person'),
        department: source('department'),
      };
    });
  }

  private only(node: Node | null): Mapping['only'] {
    const wanted: { [column: string]: readonly string[] } = {};
    for (const [column, value] of this.entries(node, 'only', null)) {
      const values: unknown = value?.toJSON();
      const list = Array.isArray(values) ? (values as readonly unknown[]) : [values];
      const texts = list.filter((item) => typeof item === 'string');
      if (list.length === 0 || texts.length !== list.length)
        this.problem(value ?? node, `only.${column}`, 'needs texts');
      wanted[column] = texts;
    }
    return wanted;
  }

  private activities(node: Node | null): Mapping['activities'] {
    const rules: { [activity: string]: ActivityRule } = {};
    for (const [activity, value] of this.entries(node, 'activities', null)) {
      const field = `activities.${activity}`;
      if (!isMap(value)) {
        rules[activity] = { command: this.command(value, field, node), fields: {} };
        continue;
      }
      const entries = this.entries(value, field, ['command', 'fields']);
      const fields: { [name: string]: Source } = {};
      for (const [name, source] of this.entries(entries.get('fields') ?? null, `${field}.fields`, null)) {
        if (source) fields[name] = this.source(source, `${field}.fields.${name}`);
      }
      rules[activity] = {
        command: this.command(entries.get('command') ?? null, `${field}.command`, value),
        fields,
      };
    }
    return rules;
  }

  private command(node: Node | null, field: string, parent: Node | null): MappedCommand {
    const name = this.text(node, field, parent, null);
    const command = MAPPED_COMMANDS.find((known) => known === name);
    if (command === undefined && name !== '') {
      this.problem(node ?? parent, field, `"${name}" is none of ${MAPPED_COMMANDS.join(', ')}`);
    }
    return command ?? 'RecordStep';
  }

  private timeFormat(node: Node | null): readonly string[] {
    const value: unknown = node?.toJSON() ?? [ISO];
    const formats: readonly unknown[] = Array.isArray(value) ? value : [value];
    const good = formats.filter((one) => typeof one === 'string' && isTimeFormat(one));
    if (good.length === 0 || good.length < formats.length) {
      this.problem(node, 'timeFormat', `needs ${TIME_FORMATS}`);
    }
    return good as readonly string[];
  }

  private doubledHour(node: Node | null, root: Node | null): 'first' | 'second' {
    const value = this.text(node, 'doubledHour', root, 'first');
    if (value !== 'first' && value !== 'second') {
      this.problem(node, 'doubledHour', `"${value}" is none of first, second`);
    }
    return value === 'second' ? 'second' : 'first';
  }

  private departments(node: Node | null): Mapping['departments'] {
    const departments: { [group: string]: string } = {};
    for (const [group, value] of this.entries(node, 'departments', null)) {
      departments[group] = this.text(value, `departments.${group}`, node, null);
    }
    return departments;
  }

  private encoding(node: Node | null): string | null {
    if (node === null) return null;
    const label = this.text(node, 'encoding', node, '');
    try {
      return new TextDecoder(label).encoding;
    } catch (error) {
      if (!hasCode(error, 'ERR_ENCODING_NOT_SUPPORTED')) throw error;
      this.problem(node, 'encoding', `"${label}" is not known here (utf-8, gb18030, gbk, latin1 are)`);
      return null;
    }
  }

  private timeZone(node: Node | null, root: Node | null): string {
    const zone = this.text(node, 'timeZone', root, 'Asia/Shanghai');
    if (!isZone(zone))
      this.problem(node, 'timeZone', `"${zone}" is neither an IANA time zone nor an offset like +08:00`);
    return zone;
  }
}
