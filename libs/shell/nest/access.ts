import { type Actor } from '#libs/engine/event-sourcing';
import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type ExecutionContext,
  UseInterceptors,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { type Role, ROLES } from '#libs/shell/roles';
import { type Credential, credentialOf, type Sender } from './credentials.js';
import { HttpProblem } from './http-problem.js';
import { PublishedInterceptor } from './published.interceptor.js';

export const ROLES_METADATA = 'zhitong:roles';
export const PUBLIC_METADATA = 'zhitong:public';
/** Name of the command that a route takes, for guards that distinguish acts. */
export const ACT_METADATA = 'zhitong:act';
/** The area of the thing that a command's route has in its address, `projects`; absent where the thing is a new one. */
export const THING_METADATA = 'zhitong:thing';

/** Who may call a route. Without names: everyone who is signed in. A route with neither @Roles nor @Public is closed. */
export const Roles = (...roles: readonly Role[]) =>
  applyDecorators(SetMetadata(ROLES_METADATA, roles), ApiExtension('x-roles', roles));

/** True for a route that names every role: it is about the person who asks, and no power. */
export function isAboutOneself(context: ExecutionContext): boolean {
  return [context.getHandler(), context.getClass()].some((target) => {
    const roles = Reflect.getMetadata(ROLES_METADATA, target) as readonly Role[] | undefined;
    return roles?.length === ROLES.length;
  });
}

/** Bytes of the largest body that a route without a token takes: a caller who is not signed in cannot make the server read more. */
export const PUBLIC_BODY_LIMIT = 4_096;

/** A route that needs no token. The HTTP server reads the route's config for its limits. */
export const Public = () =>
  applyDecorators(SetMetadata(PUBLIC_METADATA, true), RouteConfig({ [PUBLIC_METADATA]: true }));

export const PUBLISHED_METADATA = 'zhitong:published';
/** Marks the operation in the OpenAPI document: no token is needed. */
export const PUBLISHED_EXTENSION = 'x-published';

/**
 * A question about what the law has published: anybody asks it, without a token (行政许可法 Art. 30, 40; 优化营商环境条例 Art. 35, 36).
 * A caller who is not signed in sees no person in the answer, which caches may keep for a while.
 */
export const Published = () =>
  applyDecorators(
    SetMetadata(PUBLISHED_METADATA, true),
    RouteConfig({ [PUBLIC_METADATA]: true }),
    ApiExtension(PUBLISHED_EXTENSION, true),
    UseInterceptors(PublishedInterceptor),
  );

/** A request after the guard let it in. */
export interface SignedInRequest extends FastifyRequest {
  /** Who asks for what is published, where they are signed in. */
  reader?: Actor;
  actor?: Actor;
  /** The person an agent acts for, when the request names a mandate that is good. */
  onBehalfOf?: Actor;
  /** Id of the delegation that lets a person at the window decide this. */
  delegation?: string;
}

/** The person the request was let in as. */
export function actorOf(request: Pick<SignedInRequest, 'actor'>): Actor {
  if (request.actor === undefined) throw new Error('this route is public: it has no actor');
  return request.actor;
}

export const CurrentActor = createParamDecorator((_: undefined, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<SignedInRequest>()),
);

/** Turns a token or a session into its person, with today's post. Made by libs/county/identity. */
export abstract class Authenticator {
  /** Who sent a request with a session, so that the store is asked once for each request. */
  private readonly senders = new WeakMap<object, Promise<Actor>>();

  /** The actor of a token verified before and still good; null = ask `authenticate`. A session is looked up each time. */
  abstract recall(credential: Credential): Actor | null;
  /** @throws HttpProblem 401 when it is not good; 503 when the issuer of tokens or the store cannot be reached. */
  abstract authenticate(credential: Credential): Promise<Actor>;
  /** The person who last showed it, good still or not: to share places out by, and for nothing else. */
  abstract lastShownBy(credential: Credential): string | null;

  /** The actor of a credential, remembered or verified now. @throws HttpProblem as `authenticate` does */
  async identify(credential: Credential): Promise<Actor> {
    return this.recall(credential) ?? (await this.authenticate(credential));
  }

  /** Who sends a request. @throws HttpProblem as `credentialOf` and `authenticate` do */
  async sender(request: Sender): Promise<Actor> {
    const credential = credentialOf(request);
    if (credential.kind === 'token') return this.identify(credential);
    const known = this.senders.get(request) ?? this.authenticate(credential);
    this.senders.set(request, known);
    return known;
  }
}

/** What is neither the actor's own nor the department's. */
export function notYours(): HttpProblem {
  return new HttpProblem(403, 'http.not-yours');
}

export function notFound(): HttpProblem {
  return new HttpProblem(404, 'http.not-found');
}
