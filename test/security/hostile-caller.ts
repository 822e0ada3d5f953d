import { type operationsOf } from './hostile-bodies.js';
import { type World } from './world.js';

type Document = Parameters<typeof operationsOf>[0];

/** The most that an answer to any request may list: twenty problems with their fields. */
const LONGEST_ANSWER = 50_000;

/** Sends hostile requests, and collects the faults of the answers. */
export class HostileCaller {
  readonly faults: string[] = [];
  requests = 0;

  constructor(private readonly world: World) {}

  async document(): Promise<Document> {
    const token = await this.world.token('demo-admin');
    const answer = await this.world.server.http.get('/api/docs-json').set('authorization', `Bearer ${token}`);
    return answer.body as Document;
  }

  async post(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    as: string | null,
    mandate?: string,
    headers: Record<string, string> = {},
  ): Promise<number> {
    return this.send('POST', path, as, {
      body,
      headers: { 'content-type': 'application/json', ...(mandate && { mandate }), ...headers },
    });
  }

  /** The answer's status. A fault: 5xx, a refusal that is not a problem document, or one after which the log is longer. */
  async send(
    method: string,
    path: string,
    as: string | null,
    sent: {
      readonly body?: string | Uint8Array<ArrayBuffer>;
      readonly headers?: Record<string, string>;
    } = {},
  ): Promise<number> {
    this.requests++;
    const before = await this.world.end();
    const token = as === null ? null : await this.world.token(as);
    const response = await fetch(`${this.world.server.url}/api/v1${path}`, {
      method,
      ...(sent.body === undefined ? {} : { body: sent.body }),
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...sent.headers },
    });
    const text = await response.text();
    const { status } = response;
    const wrong =
      status < 400
        ? []
        : [
            ...(status >= 500 ? ['a fault of the server'] : []),
            ...problemFaults(response, text),
            ...((await this.world.end()) === before ? [] : ['it was refused and stored something']),
          ];
    if (wrong.length > 0) this.note(`${method} ${path}`, sent.body, status, wrong, text);
    return status;
  }

  private note(
    route: string,
    body: string | Uint8Array | undefined,
    status: number,
    wrong: readonly string[],
    text: string,
  ): void {
    const shown = typeof body === 'string' ? body.slice(0, 200) : '';
    this.faults.push(`${route} ${shown} → ${status}: ${wrong.join(', ')} ${text.slice(0, 300)}`);
  }
}

function problemFaults(response: Response, text: string): readonly string[] {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json'))
    return ['no problem document'];
  if (text.length > LONGEST_ANSWER) return [`an answer of ${text.length} characters`];
  const problem = JSON.parse(text) as Record<string, unknown>;
  const messages = problem['messages'] as { readonly zh?: unknown; readonly en?: unknown } | undefined;
  const right =
    typeof problem['type'] === 'string' &&
    typeof problem['code'] === 'string' &&
    problem['status'] === response.status &&
    isSaid(messages?.zh) &&
    isSaid(messages?.en);
  return right ? [] : ['a problem without type, code, status or words in both languages'];
}

const isSaid = (text: unknown): boolean => typeof text === 'string' && text !== '';
