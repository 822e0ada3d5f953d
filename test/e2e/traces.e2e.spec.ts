import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { type StartOptions, TestServer } from './server.js';

let server: TestServer | null = null;
let receiver: Server | null = null;
afterEach(async () => {
  await server?.remove();
  receiver?.close();
  server = receiver = null;
});

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const HEADER = `00-${TRACE}-00f067aa0ba902b7-01`;

/** Registers a project, and gives the traceparent that its first event has. */
async function registered(options: StartOptions): Promise<string | null> {
  server = await TestServer.start(options);
  const body = { id: 'traced', name: 'Mill', template: 'small' };
  const { status } = await server.post('/projects', 'demo-applicant', body, { traceparent: HEADER });
  expect(status).toBe(201);
  await server.caughtUp();
  for await (const { metadata } of server.system.eventStore.readStream('project-traced')) {
    return metadata.traceparent;
  }
  return null;
}

test('22 a request, its command, its append and the fold are spans; the event has the span of its request', async () => {
  const spans = new InMemorySpanExporter();
  const noted = await registered({ spans });
  const all: readonly ReadableSpan[] = spans.getFinishedSpans();
  const traced = all.filter((span) => span.spanContext().traceId === TRACE);
  const [request] = traced.filter(
    ({ parentSpanContext }) => parentSpanContext?.spanId === '00f067aa0ba902b7',
  );
  expect(request?.attributes['http.route'] ?? request?.name).toContain('/api/v1/projects');
  const run = traced.find(
    ({ name, attributes }) => name === 'run' && attributes['zhitong.command'] === 'RegisterProject',
  );
  expect(run?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  const appends = traced.filter(({ name }) => name === 'append');
  expect(appends.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toContain(
    run?.spanContext().spanId,
  );
  expect(all.map(({ name }) => name)).toContain('fold');
  expect(noted).toBe(`00-${TRACE}-${request?.spanContext().spanId}-01`);
  // Neither names nor texts of the request are in what is sent.
  expect(JSON.stringify(all.map(({ name, attributes }) => [name, attributes]))).not.toMatch(/Mill/);
});

test('22 spans are sent to the collector that the variable names, the last of them at the stop', async () => {
  const received: {
    readonly path: string | undefined;
    readonly type: string | undefined;
    readonly bytes: number;
  }[] = [];
  const collector = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (part: Buffer) => (bytes += part.length));
    request.on('end', () => {
      received.push({ path: request.url, type: request.headers['content-type'], bytes });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  receiver = collector;
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  await registered({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` } });
  await server?.remove();
  server = null;
  expect(received.length).toBeGreaterThan(0);
  expect(received[0]).toEqual({ path: '/v1/traces', type: 'application/json', bytes: expect.any(Number) });
});

test('22 without a collector the event has the header of the request, and nothing is measured', async () => {
  expect(await registered({})).toBe(HEADER);
  expect(server?.system.traces).toBe(null);
});
