import { AsyncLocalStorage } from 'node:async_hooks';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { invalid } from './http-problem.js';
import { PARAMETERS_METADATA } from './parameters.guard.js';

/** The point of the past that the reports of a request are asked for, as the caller wrote it. */
const asked = new AsyncLocalStorage<string>();

/** Null: as things are. */
export const askedAsOf = (): string | null => asked.getStore() ?? null;

const LONGEST = 40;

@Injectable()
class AsOfInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { asOf } = context.switchToHttp().getRequest<FastifyRequest>().query as { readonly asOf?: unknown };
    if (asOf === undefined) return next.handle();
    if (typeof asOf !== 'string' || asOf === '' || asOf.length > LONGEST) {
      throw invalid(
        'asOf',
        'must be a day, an instant with a zone, or a position',
        '须为日期、带时区的时间或日志位置',
      );
    }
    return from(asked.run(asOf, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}

/**
 * A route whose reports may be asked for as they were: `?asOf=` a legal day, an instant with a zone, or the position of an
 * event. Stands above `@ApiParameters`. Who may see what is decided as of today.
 */
export const AsOf = (): MethodDecorator =>
  applyDecorators(
    (_target: object, _name: string | symbol, descriptor: PropertyDescriptor) => {
      const handler = descriptor.value as object;
      const declared = Reflect.getMetadata(PARAMETERS_METADATA, handler) as ReadonlySet<string> | undefined;
      Reflect.defineMetadata(PARAMETERS_METADATA, new Set([...(declared ?? []), 'asOf']), handler);
    },
    UseInterceptors(AsOfInterceptor),
    ApiQuery({
      name: 'asOf',
      required: false,
      description:
        'A past day (its end), an instant with a zone, or a position: the answer is as it was then',
      schema: { type: 'string', maxLength: LONGEST },
    }),
  );
