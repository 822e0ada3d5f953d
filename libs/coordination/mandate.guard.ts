import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { projectOfApplication } from '#libs/approval';
import { Clock, invalid, type SignedInRequest, THING_ID } from '#libs/nest';
import { principalOf } from './mandate.rules.js';
import { MANDATE_RUNNER, MANDATE_STREAM, type MandateRunner } from './mandate.tokens.js';

/**
 * A command that names a mandate (header `Mandate`) is done on behalf of whoever gave it: both persons go into the event.
 * The mandate is read from its stream, so that one that was revoked a moment ago is no longer good.
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
    return this.enter(request, mandate);
  }

  private async enter(request: SignedInRequest, mandate: string): Promise<true> {
    const { actor } = request;
    if (actor === undefined) return true;
    const { state } = await this.mandates.load(MANDATE_STREAM + mandate);
    const now = new Date(this.clock.now()).toISOString();
    request.onBehalfOf = principalOf(state, { mandate, actor, now, project: projectOf(request) });
    return true;
  }
}

/** The project that a request is about: that of its application, or the one it names or registers. */
function projectOf({ url, params, body }: SignedInRequest): string | null {
  const id = idOf(params) ?? idOf(body);
  if (id === null) return null;
  if (/\/applications\//.test(url)) return projectOfApplication(id);
  return /\/projects(?:[/?]|$)/.test(url) ? id : null;
}

function idOf(fields: unknown): string | null {
  const id: unknown =
    typeof fields === 'object' && fields !== null ? (fields as { readonly id?: unknown }).id : undefined;
  return typeof id === 'string' ? id : null;
}
