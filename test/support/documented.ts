import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Operation {
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

interface Reference {
  readonly $ref: string;
}

interface Response {
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Header {
  readonly required?: boolean;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, Response>>;
    readonly headers: Readonly<Record<string, Header>>;
  };
}

/** What came back; the body is null if there is none. */
interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
}

const FILE = new URL('../../dist/openapi.json', import.meta.url);
const ID = 'openapi';

/** The OpenAPI document that the build made, against which answers are held. */
export class Documented {
  private static known: Documented | null = null;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false });
  private readonly checks = new Map<string, ValidateFunction>();
  private readonly routes: readonly (readonly [RegExp, string])[];

  private constructor(private readonly document: Document) {
    this.ajv.addSchema(document, ID);
    // Fixed parts before parameters, so that `/matters/versions` is not taken for a matter.
    this.routes = Object.keys(document.paths)
      .sort((one, other) => placeholders(one) - placeholders(other))
      .map((path) => [new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), path] as const);
  }

  /** Read once a test file. */
  static get(): Documented {
    Documented.known ??= new Documented(JSON.parse(readFileSync(FILE, 'utf8')) as Document);
    return Documented.known;
  }

  /**
   * Where an answer differs from the document; null if it does not. A refusal is a problem whatever was asked for, and says the
   * status that it has; an address that is not that of a route has nothing else to say.
   */
  difference(method: string, address: string, received: Received): string | null {
    const { status } = received;
    const asked = `${method} ${address.split('?')[0]}`;
    if (status >= 400) {
      const difference = this.differenceOfProblem(received);
      if (difference !== null) return `${asked} ${status}: ${difference}`;
    }
    const place = this.placeOf(method, address);
    if (place === null) return null;
    const said = this.document.paths[place.path]?.[place.verb]?.responses[status];
    // A fault of the server, which a test has made on purpose, is not a part of the interface.
    if (said === undefined && status === 500) return null;
    if (said === undefined) return `${method} ${place.path} answers ${status}, which is not documented`;
    const at =
      '$ref' in said ? said.$ref.slice(1) : `/paths/${escaped(place.path)}/${place.verb}/responses/${status}`;
    const response = '$ref' in said ? this.document.components.responses[nameIn(said)] : said;
    const differences = [
      ...this.missingHeaders(response ?? {}, received.headers),
      ...this.differencesOfContent(response ?? {}, at, received),
    ];
    return differences.length === 0
      ? null
      : `${method} ${place.path} ${status} is not as documented: ${differences.join('; ')}`;
  }

  private placeOf(method: string, address: string): { readonly path: string; readonly verb: string } | null {
    const [pathname = ''] = address.split('?');
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const path = this.routes.find(([pattern]) => pattern.test(pathname))?.[1];
    return path === undefined || this.document.paths[path]?.[verb] === undefined ? null : { path, verb };
  }

  private differenceOfProblem({ status, headers, body }: Received): string | null {
    const type = headers.get('content-type') ?? '';
    if (!type.startsWith('application/problem+json')) return `the type of a refusal is "${type}"`;
    if (body === null) return null;
    const problems = this.differences('#/components/schemas/Problem', body);
    if (problems.length > 0) return problems.join('; ');
    return (body as { status: number }).status === status ? null : 'the problem names another status';
  }

  private missingHeaders({ headers = {} }: Response, received: Headers): readonly string[] {
    return Object.entries(headers)
      .filter(([, header]) => this.isRequired(header))
      .filter(([name]) => !received.has(name))
      .map(([name]) => `there is no header ${name}`);
  }

  private isRequired(header: Header | Reference): boolean {
    const own = '$ref' in header ? this.document.components.headers[nameIn(header)] : header;
    return own?.required === true;
  }

  private differencesOfContent(
    { content = {} }: Response,
    at: string,
    { headers, body }: Received,
  ): readonly string[] {
    const types = Object.keys(content);
    if (types.length === 0 || body === null) return [];
    const sent = headers.get('content-type')?.split(';')[0] ?? '';
    // A content of any type, which has no schema.
    if (types.includes('*/*')) return [];
    if (!types.includes(sent)) return [`"${sent}" is not one of the types ${types.join(', ')}`];
    if (!sent.endsWith('json')) return [];
    return this.differences(`#${at}/content/${escaped(sent)}/schema`, body);
  }

  private differences(place: string, body: unknown): readonly string[] {
    const check = this.checks.get(place) ?? this.ajv.compile({ $ref: `${ID}${place}` });
    this.checks.set(place, check);
    if (check(body) === true) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

const placeholders = (path: string): number => path.split('{').length;

const nameIn = ({ $ref }: Reference): string => $ref.split('/').at(-1) ?? '';

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
