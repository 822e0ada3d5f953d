import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { notFound } from './access.js';
import { NAME_RULE } from './fields.js';
import { Problems } from './http-problem.js';
import { readText } from './text.js';

/** Names of the parameters that a route reads from its address; a route without any reads none. */
export const PARAMETERS_METADATA = 'zhitong:parameters';

const ANY_PARAMETERS_METADATA = 'zhitong:any-parameters';

/** A query to which others add parameters of their own: probes, scrapers, the provider that people sign in at. */
export const AnyParameters = () => SetMetadata(ANY_PARAMETERS_METADATA, true);

const UNKNOWN = { reason: 'is not a parameter of this address', reasonZh: '本地址没有此参数' };
const TWICE = { reason: 'must be given once', reasonZh: '只能出现一次' };
const NO_BODY = { reason: 'is not read at this address', reasonZh: '本地址不读取请求体' };

/**
 * Refuses query parameters that a route does not read: a caller who sends `?dryRun=true` does not want the permit to be
 * granted. They are checked after the caller's permission and before the body.
 */
@Injectable()
export class ParametersGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const handler = context.getHandler();
    const asks = request.method === 'GET' || request.method === 'HEAD';
    const isOpen = (target: object) => Reflect.getMetadata(ANY_PARAMETERS_METADATA, target) === true;
    if (asks && (isOpen(handler) || isOpen(context.getClass()))) return true;
    const declared = Reflect.getMetadata(PARAMETERS_METADATA, handler) as ReadonlySet<string> | undefined;
    const problems = new Problems();
    const query = request.query as Readonly<Record<string, unknown>>;
    for (const name in query) {
      const known = declared?.has(name) === true || (asks && name === 'after');
      if (!known) problems.add(name, UNKNOWN);
      else if (typeof query[name] !== 'string') problems.add(name, TWICE);
    }
    if (asks && carriesBody(request)) problems.add('body', NO_BODY);
    problems.throwAny();
    // Nothing has such a name.
    const names = Object.values(request.params as Readonly<Record<string, string>>);
    if (names.some((name) => readText(name, NAME_RULE).fault !== null)) throw notFound();
    return true;
  }
}

function carriesBody({ headers }: FastifyRequest): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return length !== '0' || encoding !== undefined;
}
