import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { projectOfApplication } from '#libs/county/project';
import { THING_ID } from '#libs/engine/event-sourcing';
import { Clock, idOfUrl, invalid, type SignedInRequest, THING_METADATA } from '#libs/shell/nest';
import { principalOf } from '../mandate.rules.js';
import { MANDATE_RUNNER, MANDATE_STREAM, type MandateRunner } from '../mandate.tokens.js';

/** By the area of a route: the project of the thing in its address. What else an agent acts on is of no project. */
const PROJECT_OF: ReadonlyMap<unknown, (id: string) => string | null> = new Map([
  ['applications', projectOfApplication],
  ['projects', (id: string) => id],
]);

/**
 * A command that names a mandate (header `Mandate`) is done on behalf of the applicant who gave it: both persons are recorded
 * in the event. The mandate is read from its stream, so that one that was revoked a moment ago is refused. What it has to cover
 * follows from the matched route and the id in its address, never from the raw address or the body.
 */
@Injectable()
export class MandateGuard implements CanActivate {
  constructor(
    @Inject(MANDATE_RUNNER) private readonly mandates: MandateRunner,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const mandate = request.headers['mandate'];
    if (mandate === undefined || request.method !== 'POST' || request.actor === undefined) return true;
    if (typeof mandate !== 'string' || !THING_ID.test(mandate)) {
      throw invalid('Mandate', 'must be the id of one mandate', '须为一个委托编号');
    }
    return this.enter(request, mandate, projectOf(context, request));
  }

  private async enter(request: SignedInRequest, mandate: string, project: string | null): Promise<true> {
    const { actor } = request;
    if (actor === undefined) return true;
    const { state } = await this.mandates.load(MANDATE_STREAM + mandate);
    const now = new Date(this.clock.now()).toISOString();
    request.onBehalfOf = principalOf(state, { mandate, actor, now, project });
    return true;
  }
}

/** Null where the thing is of no project, or is a new one. */
function projectOf(context: ExecutionContext, { params }: SignedInRequest): string | null {
  const area: unknown = Reflect.getMetadata(THING_METADATA, context.getHandler());
  return PROJECT_OF.get(area)?.(idOfUrl(params)) ?? null;
}
