import { describe, expect, test } from '@jest/globals';
import { readXes } from './xes-reader.js';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of readXes(inPieces(text, 5))) {
    lines.push('values' in line ? { line: line.line, ...Object.fromEntries(line.values) } : line);
  }
  return lines;
}

describe('readXes', () => {
  test('gives events with their trace’s attributes, global defaults standing in, all else passed over', async () => {
    const log = `<?xml version="1.0"?>
<xes:log xmlns:xes="http://www.xes-standard.org/">
<xes:global scope="event"><xes:string key="office" value="desk"/></xes:global>
<xes:trace><xes:string key="id" value="a &amp; b"><xes:string key="id" value="nested"/></xes:string>
<xes:list key="l"><xes:values><xes:string key="id" value="in a list"/></xes:values></xes:list>
<xes:event><xes:int key="n" value="1"/><xes:container key="c"><xes:int key="n" value="2"/></xes:container></xes:event>
<xes:event><xes:date key="at" value="2024-01-01T00:00:00Z"/><xes:string key="office" value="archive"/></xes:event>
</xes:trace>
</xes:log>`;
    expect(await read(log)).toEqual([
      { line: 6, office: 'desk', n: '1', 'case:id': 'a & b' },
      { line: 7, office: 'archive', at: '2024-01-01T00:00:00Z', 'case:id': 'a & b' },
    ]);
  });

  test('reports what it cannot place and goes on', async () => {
    const log = `<log><trace>
<event><string key="n" value="1"/></event>
<string key="late" value="x"/>
<event><string key="n"/></event>
</trace>
<event><string key="n" value="without a trace"/></event>
</log>`;
    expect(await read(log)).toEqual([
      { line: 2, n: '1' },
      { line: 3, reason: 'attribute "late" of a trace stands after the trace\'s events' },
      { line: 4, reason: 'an attribute without key or value' },
      { line: 4 },
      { line: 6, n: 'without a trace' },
    ]);
  });

  test.each([
    ['<log><trace><event></trace></log>', 'line 1: unexpected close tag.'],
    ['<log>\n<trace>', 'line 2: unclosed tag: trace'],
    ['<pnml><net/></pnml>', 'line 1: the outermost element is <pnml>; XES begins with <log>'],
    ['', 'line 1: document must contain a root element.'],
    [
      '<!DOCTYPE log [<!ENTITY a "b">]><log><trace><string key="k" value="&a;"/></trace></log>',
      'line 1: undefined entity.',
    ],
  ])('refuses %j', async (log, message) => {
    await expect(read(log)).rejects.toMatchObject({ name: 'LogFormatError', message });
  });
});
