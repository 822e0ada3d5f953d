import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { kindOfFile } from './kind-of-file.js';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-kinds-'));
});
afterAll(() => rmSync(place, { recursive: true }));

const PDF = '%PDF-1.4\n%%EOF\n';
const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001',
  'hex',
);
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
const ELF = Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(200)]);
const OLD_OFFICE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

const found = async (content: string | Buffer, name: string, mediaType: string) => {
  const file = join(place, 'content');
  writeFileSync(file, content);
  const { kind, fault } = await kindOfFile({ file, name, mediaType });
  return kind?.mediaType ?? fault;
};

test.each([
  [PDF, '图.pdf', 'application/pdf', 'application/pdf'],
  [PDF, '图.PDF', 'application/octet-stream', 'application/pdf'],
  [PDF, '图', 'application/pdf', 'application/pdf'],
  [PNG, '图.png', 'image/png', 'image/png'],
  [OLD_OFFICE, '表.doc', 'application/msword', 'application/msword'],
  [OLD_OFFICE, '表.xls', 'application/octet-stream', 'application/vnd.ms-excel'],
  ['一，二\n', '表.csv', 'text/csv', 'text/csv'],
  ['一，二\n', '表.csv', 'application/vnd.ms-excel', 'text/csv'],
  [Buffer.from('d6d0cec4', 'hex'), '说明.txt', 'text/plain', 'text/plain'],
])(
  '22 a file of a kind that is taken is what name, type and content say',
  async (content, name, type, kind) => {
    expect(await found(content, name, type)).toBe(kind);
  },
);

test.each([
  ['a program', EXE, 'setup.exe', 'application/x-msdownload'],
  ['a program that is called a document', EXE, '图.pdf', 'application/pdf'],
  ['a program of another system', ELF, '图.pdf', 'application/octet-stream'],
  ['a script', '#!/bin/sh\nrm -r /\n', '说明.txt', 'text/plain'],
  ['a batch file', '@echo off\r\ndel *\r\n', 'run.bat', 'application/octet-stream'],
  ['HTML', '<!doctype html><html></html>', 'page.html', 'text/html'],
  ['HTML that is called a text', '  <html><script>alert(1)</script></html>', '说明.txt', 'text/plain'],
  ['markup in the middle of a text', 'Dear all\n<script>alert(1)</script>', '说明.txt', 'text/plain'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'plan.svg', 'image/svg+xml'],
  ['SVG that is called a picture', '<?xml version="1.0"?><svg/>', 'plan.png', 'image/png'],
  ['a name with two endings', PDF, 'plan.pdf.exe', 'application/pdf'],
])('22 %s is refused, whatever it is called', async (_, content, name, type) => {
  expect(await found(content, name, type)).toBe('refused');
});

test.each([
  [PNG, '图.pdf', 'application/pdf'],
  [PDF, '图.png', 'application/pdf'],
  [PDF, '图.pdf', 'image/png'],
  ['文字', '图.pdf', 'application/pdf'],
  [Buffer.from([0, 1, 2, 3]), '说明.txt', 'text/plain'],
  [OLD_OFFICE, '表.docx', 'application/octet-stream'],
])(
  '22 content, declared type and name that do not agree are refused as different',
  async (content, name, type) => {
    expect(await found(content, name, type)).toBe('differs');
  },
);
