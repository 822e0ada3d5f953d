import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiExcludeEndpoint,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import {
  AnyParameters,
  ApiParameters,
  Clock,
  cookieOf,
  HttpProblem,
  invalid,
  jsonSchema,
  mustBeFromHere,
  parametersReader,
  Public,
  SESSION_COOKIE,
} from '#libs/shell/nest';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { pathHere, ProviderSignIn, SIGN_IN_SECONDS } from '../provider-sign-in.js';
import {
  DEVICE,
  noSession,
  noSignIn,
  sessionCookie,
  SIGN_IN_COOKIE,
  signInCookie,
} from './session-cookies.js';
import { type KeptSession, Sessions } from '../sessions.js';
import { type BegunSession, SignIn } from '../sign-in.js';
import { Credentials, originOf, readCredentials } from './credentials.body.js';

/** A session that has begun. Its secret is in the cookie alone. */
export interface SessionAnswer {
  /** Names the session in the list of one's sessions. */
  readonly id: string;
  readonly person: string;
  /** When it ends at the latest; without a request it ends sooner. */
  readonly expiresAt: string;
  /** The password was set by an administrator: the session is good for changing it, and for nothing else. */
  readonly mustChangePassword?: true;
}

/** How one can sign in here, and who is signed in by this browser. */
export interface SignInAnswer {
  readonly ways: readonly ('password' | 'provider')[];
  readonly session: SessionAnswer | null;
}

class ReturnParameters {
  /** The path of this site to return to after signing in; `/` when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  returnTo?: string;
}

const readReturn = parametersReader(ReturnParameters);

/** null: no identity provider signs people in here. */
export const PROVIDER_SIGN_IN = Symbol('ProviderSignIn');

/** Signing in and out of browsers, by a cookie. Programs send a bearer token instead. */
@Controller('session')
@ApiTags('Identity 身份')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(PROVIDER_SIGN_IN) private readonly provider: ProviderSignIn | null,
  ) {}

  @Get()
  @Public()
  @ApiSecurity({})
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'ShowSession',
    summary: '登录状态 The ways to sign in, and the session of this browser; null when it has none',
  })
  @ApiResponse({ status: 403, description: 'A page of another site asked' })
  async show(@Req() request: FastifyRequest): Promise<SignInAnswer> {
    mustBeFromHere(request);
    const cookie = cookieOf(request, SESSION_COOKIE);
    const found = cookie === null ? null : await this.sessions.find(cookie, this.clock.now());
    return {
      ways: this.provider === null ? ['password'] : ['password', 'provider'],
      session: found === null ? null : shown(found.entry.account.account, found.session),
    };
  }

  @Post()
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'BeginSession',
    summary:
      '登录（浏览器） Sign a browser in with a name and a password; the session is in a cookie that scripts cannot read',
  })
  @ApiBody({ schema: jsonSchema(Credentials) })
  @ApiResponse({ status: 201, description: 'Signed in; Set-Cookie has the session' })
  @ApiResponse({ status: 401, description: 'The name or the password is not right' })
  @ApiResponse({ status: 403, description: 'A page of another site asked' })
  async begin(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    mustBeFromHere(request);
    this.signIn.admit(request.ip);
    const { name, password } = readCredentials(body);
    const begun = await this.signIn.sessionFor(name, password, originOf(request));
    const isSecure = request.protocol === 'https';
    await this.give(request, reply, begun, [
      ...(begun.mark === null ? [] : [DEVICE.cookie(begun.mark, '/api/v1/session', isSecure)]),
    ]);
    return shown(begun.person, begun.session);
  }

  @Delete()
  @Public()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'EndSession',
    summary: '退出登录 Sign this browser out: its session ends at once',
  })
  @ApiResponse({ status: 204, description: 'Signed out, also when there was no session any more' })
  @ApiResponse({ status: 403, description: 'A page of another site asked' })
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    mustBeFromHere(request);
    const cookie = cookieOf(request, SESSION_COOKIE);
    if (cookie !== null) await this.sessions.endOf(cookie);
    void reply.header('set-cookie', noSession());
  }

  @Get('provider')
  @Public()
  @ApiSecurity({})
  @ApiOperation({
    operationId: 'BeginSignInAtProvider',
    summary:
      '统一身份认证登录 Sends the browser to the identity provider to sign in there (OpenID Connect, code flow with PKCE)',
  })
  @ApiParameters(ReturnParameters, [400, 429, 503])
  @ApiResponse({ status: 404, description: 'No provider is set up' })
  @ApiResponse({ status: 302, description: 'To the provider' })
  async beginAtProvider(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const provider = this.providerMustBeThere();
    this.signIn.admit(request.ip);
    const { returnTo = '/' } = readReturn(query);
    const path = pathHere(returnTo);
    if (path === null) throw invalid('returnTo', 'must be a path of this site', '须为本站路径');
    const { address, cookie } = await provider.begin(path);
    void reply
      .status(302)
      .header('location', address)
      .header('set-cookie', signInCookie(cookie, SIGN_IN_SECONDS));
  }

  /** Where the provider sends the browser back to: begins the session, and sends it to the page it came from. Not for callers. */
  @Get('provider/callback')
  @Public()
  @AnyParameters()
  @ApiExcludeEndpoint()
  async endAtProvider(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const provider = this.providerMustBeThere();
    this.signIn.admit(request.ip);
    const [, query = ''] = request.url.split('?');
    const { identity, returnTo } = await provider.finish(query, cookieOf(request, SIGN_IN_COOKIE));
    const begun = await this.signIn.sessionOf(identity, originOf(request));
    await this.give(request, reply, begun, [noSignIn()]);
    void reply.status(303).header('location', returnTo);
  }

  /** A browser has one session: what it had before ends. */
  private async give(
    request: FastifyRequest,
    reply: FastifyReply,
    { cookie, session }: BegunSession,
    others: readonly string[],
  ): Promise<void> {
    const before = cookieOf(request, SESSION_COOKIE);
    if (before !== null) await this.sessions.endOf(before);
    const seconds = Math.ceil((session.endsAt - session.begunAt) / 1000);
    void reply.header('set-cookie', [sessionCookie(cookie, seconds), ...others]);
  }

  private providerMustBeThere(): ProviderSignIn {
    if (this.provider === null) throw new HttpProblem(404, 'sign-in.no-provider');
    return this.provider;
  }
}

function shown(person: string, { id, endsAt, mustChangePassword }: KeptSession): SessionAnswer {
  const expiresAt = new Date(endsAt).toISOString();
  return { id, person, expiresAt, ...(mustChangePassword === true && { mustChangePassword }) };
}
