import { Buffer } from 'node:buffer';
import process from 'node:process';
import 'reflect-metadata';
import secureJson from 'secure-json-parse';
import { MakeCommitment, RequestSupplement, SubmitApplication } from '#libs/county/approval/http';
import { PublishTemplate } from '#libs/law/catalogue/http';
import { bodyReader, checkShape, HTTP_MESSAGES, problemDetails, refusalOf } from '#libs/shell/nest';

const BYTES = 1_048_576;
const TRIES = 10;

/** Elements made by `one` until the text is a megabyte, joined by commas. */
function filled(one, room = BYTES - 200) {
  const parts = [];
  for (let length = 0; ;) {
    const part = one(parts.length);
    length += Buffer.byteLength(part) + 1;
    if (length > room) return parts.join();
    parts.push(part);
  }
}
const commitment = (materials) => `{"statement":"x","materials":[${materials}]}`;
const statement = (text) => `{"materials":["a"],"statement":"${text}"}`;
const supplement = (items) => `{"items":[${items}]}`;
const nest = (open, close, size) => {
  const depth = Math.floor((BYTES - 100) / size);
  return `{"materials":${open.repeat(depth)}1${close.repeat(depth)}}`;
};
const again = (text) => text.repeat(Math.floor((BYTES - 100) / Buffer.byteLength(text)));

/** Bodies of a megabyte, one of each bad shape, and those just within the limits that cost most. */
const SHAPES = {
  'many keys': [MakeCommitment, `{${filled((n) => `"k${n}":1`)}}`],
  'many keys within the limit': [
    MakeCommitment,
    `{${Array.from({ length: 19_000 }, (_, n) => `"${'k'.repeat(40)}${n}":1`).join()}}`,
  ],
  'one key again and again': [MakeCommitment, `{${filled(() => '"note":1')}}`],
  'long names of keys': [MakeCommitment, `{${filled((n) => `"${'x'.repeat(50_000)}${n}":1`)}}`],
  'long list of strings': [MakeCommitment, commitment(filled((n) => `"m${n}"`))],
  'long list of numbers': [MakeCommitment, commitment(filled((n) => `${n}`))],
  'long list of objects': [RequestSupplement, supplement(filled(() => '{}'))],
  'long list of lists': [RequestSupplement, supplement(filled(() => '[]'))],
  'list within the limit, of long strings': [
    MakeCommitment,
    commitment(
      Array(50)
        .fill(`"${'x'.repeat(20_000)}"`)
        .join(),
    ),
  ],
  'list in a nested list': [
    PublishTemplate,
    `{"stages":[{"matters":[${filled(() => '{"code":"GC-02"}')}]}]}`,
  ],
  'nested lists within the limits': [
    PublishTemplate,
    `{"stages":[${Array(19)
      .fill(`{"matters":[${Array(200).fill('{"code":"x","prerequisites":[1]}').join()}]}`)
      .join()}]}`,
  ],
  'deep lists': [MakeCommitment, nest('[', ']', 2)],
  'deep objects': [MakeCommitment, nest('{"a":', '}', 6)],
  'one long text': [MakeCommitment, statement(again('x'))],
  'a text of marks': [MakeCommitment, statement(again('\u0345\u0301\u0316\u0334'))],
  'a text of escapes': [MakeCommitment, statement(again('\\u0301'))],
  'texts of marks within the limits': [
    RequestSupplement,
    supplement(
      Array(100)
        .fill(`{"material":"a","reason":"${`a${'\u0345\u0316'.repeat(5)}`.repeat(363)}"}`)
        .join(),
    ),
  ],
  'names of marks within the limits': [
    SubmitApplication,
    `{"materials":[${Array(200)
      .fill(`"${`a${'\u0345\u0316'.repeat(5)}`.repeat(18)}"`)
      .join()}]}`,
  ],
  'texts of blanks': [
    RequestSupplement,
    supplement(
      Array(60)
        .fill(`{"material":"a","reason":"${'\u3000'.repeat(5_000)}"}`)
        .join(),
    ),
  ],
  'texts of half pairs': [
    RequestSupplement,
    supplement(
      Array(100)
        .fill(`{"material":"\\ud800","reason":"${'\\ud800'.repeat(1_000)}"}`)
        .join(),
    ),
  ],
  emoji: [MakeCommitment, statement(again('\u{1f468}\u200d\u{1f469}'))],
  '__proto__ at the end': [
    MakeCommitment,
    `{"materials":[${filled((n) => `{"a":${n}}`, 700_000)}],"__proto__":{}}`,
  ],
  'blanks between everything': [MakeCommitment, commitment(filled((n) => `${' '.repeat(100)}"m${n}"`))],
  'a long number': [MakeCommitment, commitment(again('1'))],
};

/** The work between the bytes of a body and its answer, as the server does it, without a pause for other requests. */
function answer(read, text) {
  try {
    checkShape(text);
    read(secureJson.parse(text, null, { protoAction: 'error', constructorAction: 'error' }));
    return '';
  } catch (error) {
    const refusal = refusalOf(error) ?? { status: 400, code: 'http.malformed-json', params: {} };
    return JSON.stringify(problemDetails(refusal, HTTP_MESSAGES, '/', undefined));
  }
}

/** Milliseconds of the processor for which each of these bodies holds the thread: the best of a few tries. */
export function holds() {
  return Object.entries(SHAPES).map(([shape, [command, text]]) => {
    const read = bodyReader(command);
    let [best, bytes] = [Infinity, 0];
    for (let n = 0; n < TRIES; n++) {
      // A text made anew is not yet flat, as none is that has just come in.
      const sent = Buffer.from(text).toString();
      const start = process.cpuUsage();
      bytes = answer(read, sent).length;
      const { user, system } = process.cpuUsage(start);
      best = Math.min(best, (user + system) / 1000);
    }
    return { shape, milliseconds: best, bytes: Buffer.byteLength(text), answer: bytes };
  });
}
