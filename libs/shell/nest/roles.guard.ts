import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  ACT_METADATA,
  Authenticator,
  PUBLIC_METADATA,
  PUBLISHED_METADATA,
  ROLES_METADATA,
  type SignedInRequest,
} from './access.js';
import { credentialOf, showsCredential } from './credentials.js';
import { isWithoutPost, OVERSEERS, type Role, ROLES } from '#libs/shell/roles';
import { HttpProblem } from './http-problem.js';

/** 'public', 'published' for what needs no token and takes one, or the roles that are admitted; an empty set admits every signed-in caller; null admits no caller. */
type Access = 'public' | 'published' | ReadonlySet<string> | null;

/**
 * No token: 401. A token without the right role: 403. What is for a department's staff is shown only to those who hold a post,
 * and made by them only. Whose thing a command is about, the domain's own rules decide, and with it that the actor holds one;
 * of those who oversee, whose things are all, it is asked here. What is for every role is about oneself, or published.
 */
@Injectable()
export class RolesGuard implements CanActivate {
  private readonly known = new WeakMap<object, Access>();

  constructor(@Inject(Authenticator) private readonly authenticator: Authenticator) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.accessOf(context);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    if (access === 'published') return this.mayRead(request);
    const remembered = this.authenticator.recall(credentialOf(request));
    const needsPost = !isAboutAThing(context.getHandler(), request);
    if (remembered !== null) return enter(request, remembered, access, needsPost);
    return this.authenticator.sender(request).then((actor) => enter(request, actor, access, needsPost));
  }

  /**
   * A token that is sent has to be good. Without one there is only the present: the past and a wait take much. A browser sends
   * the cookie of a session that has ended too, without being asked: then it is as if it had sent none.
   */
  private async mayRead(request: SignedInRequest): Promise<true> {
    const { asOf, after } = request.query as { readonly asOf?: unknown; readonly after?: unknown };
    const isOfThePresent = asOf === undefined && after === undefined;
    if (isOfThePresent && !showsCredential(request)) return true;
    try {
      request.reader = await this.authenticator.sender(request);
    } catch (error) {
      const hasEnded = error instanceof HttpProblem && error.status === 401;
      if (!hasEnded || !isOfThePresent || request.headers.authorization !== undefined) throw error;
    }
    return true;
  }

  private accessOf(context: ExecutionContext): Access {
    const handler = context.getHandler();
    const known = this.known.get(handler);
    if (known !== undefined) return known;
    const access = read(handler) ?? read(context.getClass()) ?? null;
    this.known.set(handler, access);
    return access;
  }
}

function read(target: object): Access {
  if (Reflect.getMetadata(PUBLIC_METADATA, target) === true) return 'public';
  if (Reflect.getMetadata(PUBLISHED_METADATA, target) === true) return 'published';
  const roles = Reflect.getMetadata(ROLES_METADATA, target) as readonly Role[] | undefined;
  return roles === undefined ? null : new Set(roles);
}

/** A command on something that is there already. */
const isAboutAThing = (handler: object, { params }: SignedInRequest): boolean =>
  Reflect.hasMetadata(ACT_METADATA, handler) && Object.hasOwn(params as object, 'id');

function enter(
  request: SignedInRequest,
  actor: Actor,
  access: Exclude<Access, 'public' | 'published'>,
  needsPost: boolean,
): true {
  if (access === null || (access.size > 0 && !access.has(actor.role))) {
    throw new HttpProblem(403, 'http.wrong-role', {
      role: actor.role,
      roles: access === null ? [] : [...access],
    });
  }
  const isForEveryone = access.size === 0 || access.size === ROLES.length;
  const mustHoldPost = needsPost || OVERSEERS.some((role) => role === actor.role);
  if (mustHoldPost && !isForEveryone && isWithoutPost(actor))
    throw new HttpProblem(403, 'http.no-post', { person: actor.person });
  request.actor = actor;
  return true;
}
