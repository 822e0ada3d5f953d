import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
// Made from the OpenAPI document by `npm run build:answers`.
import { type components, type paths } from '../../dist/openapi.js';

export type Schemas = components['schemas'];

const ROOT = '/api/v1';
/** The addresses below the root: `/applications/{id}`. */
type Addresses = {
  [Path in keyof paths as Path extends `${typeof ROOT}${infer Rest}` ? Rest : never]: paths[Path];
};
export type ZhitongClient = Client<Addresses>;

/** How many times a command or question is sent again that the server has no time for. */
const RETRIES = 5;

/** A server, for several people at once: what one of them recorded is in what each of them reads next. */
export class Zhitong {
  private last: string | null = null;

  constructor(private readonly url: string) {}

  /** A client in the name of the person whose token this is. Its paths, bodies and answers are those of the OpenAPI document. */
  as(token: string): ZhitongClient {
    const client = createClient<Addresses>({ baseUrl: this.url + ROOT, fetch: patiently });
    client.use({
      onRequest: ({ request }) => {
        request.headers.set('authorization', `Bearer ${token}`);
        return request.method === 'GET' ? this.afterTheLast(request) : withKey(request);
      },
      onResponse: ({ request, response }) => this.remember(request, response),
    } satisfies Middleware);
    return client;
  }

  private afterTheLast(request: Request): Request {
    const address = new URL(request.url);
    if (this.last === null || address.searchParams.has('after')) return request;
    address.searchParams.set('after', this.last);
    return new Request(address, request);
  }

  private async remember(request: Request, response: Response): Promise<undefined> {
    if (request.method === 'GET' || !(response.status === 201 || response.status === 202)) return;
    const receipt = (await response.clone().json()) as Partial<Schemas['Receipt']>;
    this.last = receipt.position ?? this.last;
  }
}

/** What was answered. @throws Refused if it was a refusal */
export function done<Data>({ data, error }: { data?: Data; error?: Schemas['Problem'] }): Data {
  if (error !== undefined) throw new Refused(error);
  if (data === undefined) throw new Error('the answer has no content');
  return data;
}

/** A refusal, with its code, its article of law and its text in both languages. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly problem: Schemas['Problem']) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }
}

/** A command that is sent again under the same key is recorded once. */
function withKey(request: Request): Request {
  if (!request.headers.has('idempotency-key')) request.headers.set('idempotency-key', randomUUID());
  return request;
}

/** Sends again what was refused for a while, when the answer says how long. */
async function patiently(request: Request): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await fetch(request.clone());
    const seconds = response.headers.get('retry-after');
    if (seconds === null || tries === RETRIES) return response;
    await response.body?.cancel();
    await delay(Number(seconds) * 1_000);
  }
}
