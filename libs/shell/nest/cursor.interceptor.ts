import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { canonicalJson, InvalidQuery } from '#libs/engine/event-sourcing';
import { map, type Observable } from 'rxjs';
import { type SignedInRequest } from './access.js';
import { CursorSeal } from './cursor-seal.js';

/** Characters of the longest cursor. */
const LONGEST = 12_000;

type Asked = Record<string, unknown>;

/** Opens the cursor of a request and seals that of its answer: lists need not know that they are sealed. */
@Injectable()
export class CursorInterceptor implements NestInterceptor {
  constructor(private readonly seal: CursorSeal) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const asked = (request.method === 'POST' ? request.body : request.query) as Asked | undefined;
    const about = aboutOf(request, asked);
    const cursor = asked?.['cursor'];
    if (asked !== undefined && typeof cursor === 'string') {
      if (cursor.length > LONGEST) throw new InvalidQuery('the cursor is too long');
      asked['cursor'] = this.seal.open(cursor, about);
    }
    return next.handle().pipe(map((answer) => this.#sealed(answer, about)));
  }

  #sealed(answer: unknown, about: string): unknown {
    if (typeof answer !== 'object' || answer === null || !('nextCursor' in answer)) return answer;
    const { nextCursor } = answer;
    return typeof nextCursor === 'string'
      ? { ...answer, nextCursor: this.seal.close(nextCursor, about) }
      : answer;
  }
}

/** Who asks for a list that is published, without a token. */
const ANYBODY = { person: null, role: null, department: null };

/**
 * Which list it is, of what thing, with which filters, for whom. Left out: the page's size and `after`, which may
 * change from page to page.
 */
function aboutOf(request: SignedInRequest, asked: Asked | undefined): string {
  const { cursor: _cursor, limit: _limit, after: _after, ...filters } = asked ?? {};
  const { person, role, department } = request.actor ?? request.reader ?? ANYBODY;
  const route = request.routeOptions.url;
  return canonicalJson([route, request.params, filters, person, role, department]) ?? '';
}
