import { type TestServer } from '../e2e/server.js';

/** Names of everything that the catalogue lists today for the matter of an application, `mill-LX-07`. */
export async function materialsOf(server: TestServer, application: string): Promise<readonly string[]> {
  const matter = application.split('-').slice(-2).join('-');
  const { body } = await server.get(`/matters/${matter}`, 'demo-admin');
  return body['materials'].map(({ name }: { readonly name: string }) => name);
}

/** Hands in all that is listed: nothing is accepted without the key materials. Whatever comes of it is returned. */
export async function handIn(server: TestServer, application: string, as = 'demo-applicant') {
  const materials = await materialsOf(server, application);
  return server.post(`/applications/${application}/submission`, as, { materials });
}
