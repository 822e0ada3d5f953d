/**
 * A process that is made to be killed: 64 writers append three events at a time, each to streams of its own, and every
 * acknowledgement goes out as one line `stream firstRevision name` before the next append of that writer.
 * Usage: node store-writer.mjs DIRECTORY RUN
 */
import { writeSync } from 'node:fs';
import { eventId } from '../../dist/libs/engine/event-sourcing/index.js';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

const [directory, run] = process.argv.slice(2);
const store = await openLmdbEventStore(directory);
const EVENTS = 3;

const metadata = {
  actor: { person: 'demo-reviewer', post: null, department: 'natural-resources', role: 'reviewer' },
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.000Z',
  commandId: 'command',
  commandDigest: 'digest',
  correlationId: 'correlation',
  causationId: null,
  traceparent: null,
  calendarVersion: null,
  catalogueVersion: null,
};

async function write(writer) {
  for (let round = 0; ; round++) {
    // Every tenth append begins a new stream.
    const stream = `${run}-${writer}-${Math.floor(round / 10)}`;
    const firstRevision = (round % 10) * EVENTS;
    const events = Array.from({ length: EVENTS }, (_, index) => ({
      id: eventId(`${stream} ${firstRevision}`, index),
      type: 'StepRecorded',
      version: 1,
      data: { name: `${stream} ${firstRevision + index}`, note: '审查'.repeat(40) },
      metadata,
    }));
    await store.append(stream, firstRevision === 0 ? null : BigInt(firstRevision - 1), events);
    writeSync(1, `${stream} ${firstRevision}\n`);
  }
}

await Promise.all(Array.from({ length: 64 }, (_, writer) => write(writer)));
