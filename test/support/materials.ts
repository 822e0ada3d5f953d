import { type TestServer } from '../e2e/server.js';

/** Names of everything that the catalogue lists today for the matter of an application, `mill-LX-07` or a later round of it. */
export async function materialsOf(server: TestServer, application: string): Promise<readonly string[]> {
  const matter = /[A-Z]+-\d+/.exec(application)?.[0];
  const { body } = await server.get(`/matters/${matter}`, 'demo-admin');
  return body['materials'].map(({ name }: { readonly name: string }) => name);
}

/**
 * Hands in all that is listed: nothing is accepted without the key materials. Whatever comes of it is returned.
 * @param also materials that are handed in, too
 */
export async function handIn(
  server: TestServer,
  application: string,
  as = 'demo-applicant',
  also: readonly string[] = [],
) {
  const materials = [...also, ...(await materialsOf(server, application))];
  return server.post(`/applications/${application}/submission`, as, { materials });
}
