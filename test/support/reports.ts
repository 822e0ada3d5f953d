import { type Body, type TestServer } from '../e2e/server.js';

/** Every address of the OpenAPI document that takes `asOf`, with its parameters. */
export async function reportRoutes(
  server: TestServer,
): Promise<readonly { readonly path: string; readonly method: string; readonly names: readonly string[] }[]> {
  const { paths } = (await server.http.get('/api/docs-json')).body;
  return Object.entries<Body>(paths).flatMap(([path, methods]) =>
    Object.entries<Body>(methods).flatMap(([method, { parameters = [] }]) => {
      const names = parameters.filter((one: Body) => one.in === 'query').map(({ name }: Body) => name);
      return names.includes('asOf') ? [{ path: path.slice('/api/v1'.length), method, names }] : [];
    }),
  );
}

/** Addresses of all reports, with what a county has for the things they are about. */
export function reportAddresses(things: {
  readonly project: string;
  readonly application: string;
  readonly dispute: string;
  readonly session: string;
  readonly pledge: string;
  readonly improvement: string;
}): Readonly<Record<string, string>> {
  const span = 'from=2026-11-01&to=2026-12-31';
  return {
    '/reports/accountability': `/reports/accountability?project=${things.project}`,
    '/reports/overview': '/reports/overview?region=210521',
    '/reports/key-projects': '/reports/key-projects',
    '/reports/campaigns': '/reports/campaigns',
    '/reports/workload': `/reports/workload?by=person&${span}`,
    '/reports/matters': `/reports/matters?${span}&limit=200`,
    '/reports/compression': `/reports/compression?${span}&limit=200`,
    '/reports/co-handling': `/reports/co-handling?${span}`,
    '/reports/service-quality': `/reports/service-quality?by=person&${span}`,
    '/reports/self-inspections': '/reports/self-inspections',
    '/reports/stalled': '/reports/stalled',
    '/reports/back-entries': `/reports/back-entries?${span}`,
    '/reports/signals': '/reports/signals',
    '/reports/conformance': '/reports/conformance',
    '/compression': '/compression',
    '/disputes': '/disputes',
    '/disputes/{id}': `/disputes/${things.dispute}`,
    '/sessions': '/sessions',
    '/sessions/{id}': `/sessions/${things.session}`,
    '/pledges': '/pledges',
    '/pledges/{id}': `/pledges/${things.pledge}`,
    '/requests': '/requests',
    '/challenges': '/challenges',
    '/matters': '/matters?limit=200',
    '/projects/{id}/timeline': `/projects/${things.project}/timeline?limit=200`,
    '/applications/{id}/timeline': `/applications/${things.application}/timeline?limit=200`,
    '/projects/{id}/forecast': `/projects/${things.project}/forecast`,
    '/projects/{id}/conformance': `/projects/${things.project}/conformance`,
    '/improvements/{id}/effect': `/improvements/${things.improvement}/effect`,
  };
}
