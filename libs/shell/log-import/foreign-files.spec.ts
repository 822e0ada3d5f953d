import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { crc32 } from '@node-rs/crc32';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCaseRow } from './case-row.js';
import { openMappedLog } from './importer.js';
import { type BadRow, isBad, isNote } from './log-record.js';
import { InvalidTime, parseLogTime } from './log-time.js';
import { parseMapping } from './mapping-reader.js';
import { readCsv } from './csv-reader.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'foreign-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

const mapping = (more = '') =>
  parseMapping(
    `log: f
columns: { case: case, activity: act, time: time, person: who, department: dept }
project: { template: receipt, matter: RC-01, region: '210521' }
timeZone: Asia/Shanghai
${more}`,
    'm.yaml',
  );

/** What is read of a file: case, activity, time and department of its rows, or why a line is not one. */
async function read(content: string | Uint8Array, more = ''): Promise<unknown[]> {
  const path = join(directory, 'log');
  await writeFile(path, content);
  const [map, notes, found] = [mapping(more), [] as BadRow[], [] as unknown[]];
  for await (const line of (await openMappedLog(path, map)).lines()) {
    if (isNote(line)) {
      found.push(line);
      continue;
    }
    const row = isBad(line)
      ? line
      : readCaseRow(map, line, '2026-11-24T00:00:00.000Z', (note) => notes.push(note));
    if (row === null || isBad(row)) found.push(row);
    else found.push([row.line, row.case, row.activity, row.at, row.department]);
  }
  return [...found, ...notes];
}

const HEADER = 'case,act,time,dept,who';
const ROW = [2, 'C1', 'a', '2024-03-05T01:05:00.000Z', 'D'];

test.each([
  ['2024-03-05 09:05', 'iso', '2024-03-05T01:05:00.000Z'],
  ['2024-3-5 9:05', 'yyyy-M-d H:mm', '2024-03-05T01:05:00.000Z'],
  ['2024/3/5 9:05', 'yyyy/M/d H:mm', '2024-03-05T01:05:00.000Z'],
  ['2024/03/05', 'yyyy/MM/dd', '2024-03-04T16:00:00.000Z'],
  ['20240305090500', 'yyyyMMddHHmmss', '2024-03-05T01:05:00.000Z'],
  ['2024年3月5日 9:05', 'yyyy年M月d日 H:mm', '2024-03-05T01:05:00.000Z'],
  ['05/03/2024 09:05', 'dd/MM/yyyy HH:mm', '2024-03-05T01:05:00.000Z'],
  ['3/5/2024 9:05 AM', 'M/d/yyyy h:mm a', '2024-03-05T01:05:00.000Z'],
  // 45356 days after 1899-12-30 is 2024-03-05; .378472 of a day is 9:05 to the second.
  ['45356.378472', 'excel', '2024-03-05T01:05:00.000Z'],
  ['43894.378472', 'excel1904', '2024-03-05T01:05:00.000Z'],
  ['1709600700', 'unix', '2024-03-05T01:05:00.000Z'],
  ['1709600700000', 'unix-ms', '2024-03-05T01:05:00.000Z'],
])('F9 the time %s in the format %s', (text, format, instant) => {
  expect(parseLogTime(text, 'Asia/Shanghai', { formats: [format] })).toBe(instant);
  expect(parseLogTime(text, 'Asia/Shanghai', { formats: ['yyyy', format] })).toBe(instant);
});

test('F9 a time in none of the formats, and a day that does not exist, are refused', () => {
  const formats = ['iso', 'yyyy/M/d'];
  expect(() => parseLogTime('5.3.2024', 'Asia/Shanghai', { formats })).toThrow(
    new InvalidTime('"5.3.2024" is no time in any of the formats iso, yyyy/M/d'),
  );
  expect(() => parseLogTime('2024-02-30', 'Asia/Shanghai', { formats })).toThrow(
    new InvalidTime('"2024-02-30": there is no such day or time'),
  );
  expect(() => parseLogTime('2024/2/30', 'Asia/Shanghai', { formats })).toThrow(
    new InvalidTime('"2024/2/30" is no time in any of the formats iso, yyyy/M/d'),
  );
  expect(() => parseLogTime('9999999', 'Asia/Shanghai', { formats: ['excel'] })).toThrow(InvalidTime);
});

test('F9 an hour that the clocks show twice is noted, and the mapping says which is meant', async () => {
  const csv = `${HEADER}\nC1,a,2011-10-30 02:30:00,D,P\n`;
  const reason = (which: string) =>
    `time: "2011-10-30 02:30:00" is shown twice by the clocks of Europe/Amsterdam; the ${which} is taken`;
  const inShanghai = () => read(csv);
  const amsterdam = async (more: string) => {
    const path = join(directory, 'twice.csv');
    await writeFile(path, csv);
    const map = { ...mapping(more), timeZone: 'Europe/Amsterdam' };
    const notes: BadRow[] = [];
    for await (const line of (await openMappedLog(path, map)).lines()) {
      if (isBad(line) || isNote(line)) continue;
      const row = readCaseRow(map, line, '2026-11-24T00:00:00.000Z', (note) => notes.push(note));
      return [row !== null && !isBad(row) && row.at, notes];
    }
    return null;
  };
  expect(await amsterdam('')).toEqual(['2011-10-30T00:30:00.000Z', [{ line: 2, reason: reason('first') }]]);
  expect(await amsterdam('doubledHour: second')).toEqual([
    '2011-10-30T01:30:00.000Z',
    [{ line: 2, reason: reason('second') }],
  ]);
  expect(await inShanghai()).toEqual([[2, 'C1', 'a', '2011-10-29T18:30:00.000Z', 'D']]);
});

test('F9 a header below a title, and a line that names the delimiter', async () => {
  expect(await read(`sep=,\r\n${HEADER}\r\nC1,a,2024-03-05 09:05,D,P\r\n`)).toEqual([[3, ...ROW.slice(1)]]);
  expect(await read(`sep=;\n${HEADER.replaceAll(',', ';')}\nC1;a;2024-03-05 09:05;D;P\n`)).toEqual([
    [3, ...ROW.slice(1)],
  ]);
  expect(await read(`Report of 2024\n\n${HEADER}\nC1,a,2024-03-05 09:05,D,P\nC2,a\n`, 'header: 3')).toEqual([
    [4, ...ROW.slice(1)],
    { line: 5, reason: 'has 2 fields where the header has 5' },
  ]);
  await expect(read(`Title\n${HEADER}\n`)).rejects.toThrow(/^line 1: no column "case"/);
  const pieces = async function* () {
    yield* `sep=;\ra;b\r1;2\r`;
  };
  const lines = [];
  for await (const line of readCsv(pieces())) lines.push(line);
  expect(lines).toEqual([
    {
      line: 3,
      values: new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    },
  ]);
});

test('F9 a line break in a cell is read as a blank; a group is the department that the mapping says', async () => {
  expect(
    await read(
      `${HEADER}\nC1,"first\r\n line",2024-03-05 09:05,"Group\n1",P\n`,
      "departments: { 'Group 1': water }",
    ),
  ).toEqual([[2, 'C1', 'first line', '2024-03-05T01:05:00.000Z', 'water']]);
});

const XES = `<?xml version="1.0" encoding="UTF-16"?>
<log><trace><string key="case" value="C1"/><event><string key="act" value="审查"/><string key="case" value="C1"/>
<date key="time" value="2024-03-05T09:05:00+08:00"/><string key="dept" value="D"/><string key="who" value="P"/></event></trace>
<trace><string key="concept:name" value="EMPTY"/></trace></log>`;
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['little endian, with a mark', Buffer.from(`\uFEFF${XES}`, 'utf16le')],
  ['big endian, with a mark', swapped(`\uFEFF${XES}`)],
  ['little endian', Buffer.from(XES, 'utf16le')],
  ['big endian', swapped(XES)],
])('F9 XES in UTF-16, %s; a trace without events is told', async (_, content) => {
  expect(await read(content)).toEqual([
    [2, 'C1', '审查', '2024-03-05T01:05:00.000Z', 'D'],
    { line: 4, note: 'the trace "EMPTY" has no events' },
  ]);
});

test('F9 CSV in GB18030 as declared, and in UTF-16 by its mark', async () => {
  const text = `${HEADER}\nC1,审查,2024-03-05 09:05,D,P\n`;
  const gb = Buffer.concat([
    Buffer.from(`${HEADER}\nC1,`),
    Buffer.from([0xc9, 0xf3, 0xb2, 0xe9]),
    Buffer.from(',2024-03-05 09:05,D,P\n'),
  ]);
  const row = [2, 'C1', '审查', '2024-03-05T01:05:00.000Z', 'D'];
  expect(await read(gb, 'encoding: gb18030')).toEqual([row]);
  expect(await read(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual([row]);
});

/** A zip archive that packs nothing. */
function archive(files: { readonly [name: string]: string }): Buffer {
  const [parts, central] = [[] as Buffer[], [] as Buffer[]];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    parts.push(local);
    at += local.length;
  }
  const directoryOf = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directoryOf.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directoryOf, Buffer.from('PK\x05\x06'), end]);
}

test('F9 a workbook is read directly: shared, inline and numbered cells, gaps, a title above the header', async () => {
  const workbook = archive({
    'xl/sharedStrings.xml':
      '<sst><si><t>case</t></si><si><t>act</t></si><si><r><t>ti</t></r><r><t>me</t></r><rPh><t>x</t></rPh></si><si><t>dept</t></si><si><t>who</t></si></sst>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>Report</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c><c r="D3" t="s"><v>3</v></c><c r="E3" t="s"><v>4</v></c></row>
<row r="4"><c r="A4" t="str"><v>C1</v></c><c r="B4" t="inlineStr"><is><t>a</t></is></c><c r="C4" s="1"><v>45356.378472222219</v></c><c r="E4" t="inlineStr"><is><t>P</t></is></c></row>
<row r="5"/>
<row r="6"><c r="A6"><v>7</v></c><c r="B6" t="inlineStr"><is><t>b &amp; c</t></is></c><c r="C6" t="str"><v>2024/3/5 9:05</v></c><c r="D6" t="e"><v>#N/A</v></c><c r="E6" t="inlineStr"><is><t>P</t></is></c><c r="G6"><v>1</v></c></row>
<row r="7"><c r="A7"><v>7</v></c><c r="B7" t="inlineStr"><is><t>b</t></is></c><c r="C7" t="str"><v>2024/3/5 9:05</v></c><c r="D7" t="e"><v>#N/A</v></c><c r="E7" t="inlineStr"><is><t>P</t></is></c></row>
</sheetData></worksheet>`,
  });
  const more = "header: 3\ntimeFormat: [excel, 'yyyy/M/d H:mm']";
  expect(await read(workbook, more)).toEqual([
    [4, 'C1', 'a', '2024-03-05T01:05:00.000Z', null],
    { line: 6, reason: 'has a cell beyond the 5 columns of the header' },
    [7, '7', 'b', '2024-03-05T01:05:00.000Z', null],
  ]);
});

test('F9 a workbook that is cut off, or holds no sheet, is refused', async () => {
  const path = join(directory, 'log');
  await expect(read(archive({ 'xl/workbook.xml': '<workbook/>' }))).rejects.toThrow(`${path} holds no sheet`);
  const whole = archive({ 'xl/worksheets/sheet1.xml': '<worksheet/>' });
  await expect(read(whole.subarray(0, 40))).rejects.toThrow(new RegExp(`^${path} is no workbook`));
});

test('F9 every mistake in the new keys of a mapping is reported with its line', () => {
  expect(() => mapping("header: 0\ntimeFormat: [iso, 5]\ndoubledHour: third\nlastRowIsEnd: 'yes'\n")).toThrow(
    [
      'm.yaml:5: header: must be a whole number from 1 to 1000000, not 0',
      'm.yaml:6: timeFormat: element 2 must be iso, excel, excel1904, unix, unix-ms, or patterns such as yyyy/M/d H:mm (tokens of Luxon), not ["iso",5]',
      'm.yaml:7: doubledHour: must be one of the following values: first, second, not "third"',
      'm.yaml:8: lastRowIsEnd: must be true or false, not "yes"',
    ].join('\n'),
  );
});
