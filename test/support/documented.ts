import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
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

  /** Where an answer differs from the document; null if it does not, or if the address is not that of a route. */
  difference(method: string, address: string, status: number, body: unknown): string | null {
    const [pathname = ''] = address.split('?');
    const path = this.routes.find(([pattern]) => pattern.test(pathname))?.[1];
    const verb = method.toLowerCase();
    const operation = path === undefined ? undefined : this.document.paths[path]?.[verb];
    if (path === undefined || operation === undefined) return null;
    const said = operation.responses[status];
    // A fault of the server, which a test has made on purpose, is not a part of the interface.
    if (said === undefined && status === 500) return null;
    if (said === undefined) return `${method} ${path} answers ${status}, which is not documented`;
    const place = said.$ref ?? `#/paths/${escaped(path)}/${verb}/responses/${status}`;
    const response =
      said.$ref === undefined ? said : this.document.components.responses[said.$ref.split('/').at(-1) ?? ''];
    const [type] = Object.keys(response?.content ?? {});
    if (type === undefined) return null;
    const check = this.check(`${place}/content/${escaped(type)}/schema`);
    if (check(body) === true) return null;
    const problems = (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    return `${method} ${path} ${status} is not as documented: ${problems.join('; ')}`;
  }

  private check(place: string): ValidateFunction {
    const known = this.checks.get(place) ?? this.ajv.compile({ $ref: `${ID}${place}` });
    this.checks.set(place, known);
    return known;
  }
}

const placeholders = (path: string): number => path.split('{').length;

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
