import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { invalid } from './http-problem.js';

/** Waits until every projection has folded the event at a position. Made by the composition root. */
export abstract class ReadYourWrites {
  /** @throws HttpProblem 503 when it takes too long; InvalidInput for a position past the end of the log. */
  abstract reached(position: bigint): Promise<void>;
}

/** `?after={position}` on any query: the answer then includes what that command wrote. Commands have no parameters. */
@Injectable()
export class AfterGuard implements CanActivate {
  constructor(@Inject(ReadYourWrites) private readonly projections: ReadYourWrites) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { after } = request.query as { readonly after?: unknown };
    if (after === undefined) return true;
    if (typeof after !== 'string' || !/^\d{1,19}$/.test(after)) {
      throw invalid('after', 'must be a position that a command returned', '须为命令返回的 position');
    }
    return this.projections.reached(BigInt(after)).then(() => true);
  }
}
