import { traceWith } from '#libs/engine/event-sourcing';
import { type Tracer } from '@opentelemetry/api';
import { type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { type FastifyInstance } from 'fastify';

const NAME = 'zhitong';
const PATH = '/v1/traces';

/** Sends spans to a collector, and measures requests. */
export interface Traces {
  /** Called before the first route is made. */
  traceRequests(fastify: FastifyInstance): Promise<void>;
  /** Sends what was measured last. */
  stop(): Promise<void>;
}

/**
 * Measures requests, commands, appends, folds and works of policies from now on. OpenTelemetry is loaded here and nowhere
 * else: a process that sends traces nowhere does not have it in memory.
 * @param endpoint base address of a collector that takes OTLP over HTTP, or where spans go
 */
export async function startTraces(endpoint: string | SpanExporter): Promise<Traces> {
  const api = await import('@opentelemetry/api');
  const sdk = await import('@opentelemetry/sdk-trace-node');
  const { FastifyOtelInstrumentation } = await import('@fastify/otel');
  const processor =
    typeof endpoint === 'string'
      ? new sdk.BatchSpanProcessor(await collector(endpoint))
      : new sdk.SimpleSpanProcessor(endpoint);
  const provider = new sdk.NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const tracer: Tracer = provider.getTracer(NAME);
  traceWith({
    inSpan: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          // The kind of error alone: its message may say what a person has written.
          const message = error instanceof Error ? error.name : 'error';
          span.setStatus({ code: api.SpanStatusCode.ERROR, message });
          throw error;
        } finally {
          span.end();
        }
      }),
    traceparent() {
      const carrier: Record<string, string> = {};
      api.propagation.inject(api.context.active(), carrier);
      return carrier['traceparent'] ?? null;
    },
  });
  return {
    async traceRequests(fastify) {
      const requests = new FastifyOtelInstrumentation({
        instrumentHooks: false,
        instrumentHandler: false,
        recordExceptions: false,
      });
      requests.setTracerProvider(provider);
      await fastify.register(requests.plugin());
    },
    async stop() {
      traceWith(null);
      await provider.shutdown();
      api.trace.disable();
      api.context.disable();
      api.propagation.disable();
    },
  };
}

async function collector(endpoint: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url: endpoint.replace(/\/$/, '') + PATH });
}
