/** What is measured of a piece of work. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** Measures where the time goes. Made by the composition root, where traces are sent anywhere. */
export interface Tracing {
  inSpan<Result>(name: string, attributes: SpanAttributes, work: () => Promise<Result>): Promise<Result>;
  /** The W3C Trace Context header of the work in hand; null outside of any. */
  traceparent(): string | null;
}

let tracing: Tracing | null = null;

/** Null: nothing is measured, and nothing is loaded for it. */
export function traceWith(given: Tracing | null): void {
  tracing = given;
}

/** Does a piece of work, measured where traces are sent. */
export function inSpan<Result>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<Result>,
): Promise<Result> {
  return tracing === null ? work() : tracing.inSpan(name, attributes, work);
}

export function traceparentNow(): string | null {
  return tracing?.traceparent() ?? null;
}
