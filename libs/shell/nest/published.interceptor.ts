import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Seconds for which a cache may keep what is published: a change of the catalogue is seen a minute later at most. */
const CACHE_SECONDS = 60;

/** What names a person, as it is published: `person` is left out where the caller is not signed in. */
export type ShownToAll<Named extends { readonly person: string }> = Omit<Named, 'person'> &
  Partial<Pick<Named, 'person'>>;

/** Leaves persons out of what is shown to everybody: the post and the department answer for it. */
@Injectable()
export class PublishedInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    void reply.header('vary', 'authorization, cookie, accept-encoding');
    if (http.getRequest<{ readonly reader?: object }>().reader !== undefined) return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        void reply.header('cache-control', `public, max-age=${CACHE_SECONDS}`);
        return withoutPersons(answer);
      }),
    );
  }
}

/** The same without every field `person`, however deep. */
function withoutPersons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPersons);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => name !== 'person');
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutPersons(field)]));
}
