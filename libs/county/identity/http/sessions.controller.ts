import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  Clock,
  cookieOf,
  CurrentActor,
  notFound,
  Roles,
  SESSION_COOKIE,
  unauthenticated,
} from '#libs/shell/nest';
import { ROLES } from '#libs/shell/roles';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AccountDirectory } from '../account-directory.js';
import { type KnownAccount } from '../account.state.js';
import { noSession } from './session-cookies.js';
import { type KeptSession, Sessions } from '../sessions.js';

/** A browser in which one is signed in. */
export interface OwnSession {
  readonly id: string;
  readonly startedAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  /** When it ends at the latest. */
  readonly expiresAt: string;
  /** By what the person signed in. */
  readonly by: 'password' | 'provider';
  readonly address: string;
  /** What the browser says it is. */
  readonly device: string | null;
  /** True for the one that asks. */
  readonly current: boolean;
}

/** Where one is signed in. */
@Controller('me/sessions')
@ApiTags('Identity 身份')
@ApiBearerAuth()
@Roles(...ROLES)
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'ListOwnSessions',
    summary: '登录设备 The browsers in which one is signed in, the one used last first',
  })
  async list(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<{ readonly items: readonly OwnSession[] }> {
    const now = this.clock.now();
    const account = await this.accountOf(actor);
    const current = await this.currentOf(request, now);
    const items = await this.sessions.ofPerson(account, now);
    return { items: items.map((session) => shown(session, session.id === current)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'EndOwnSession', summary: '结束登录 End one of one’s sessions at once' })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiResponse({ status: 204, description: 'Ended' })
  @ApiResponse({ status: 404, description: 'One has no such session' })
  async end(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const now = this.clock.now();
    const current = await this.currentOf(request, now);
    if (!(await this.sessions.end(await this.accountOf(actor), id, now))) throw notFound();
    if (id === current) void reply.header('set-cookie', noSession());
  }

  private async accountOf(actor: Actor): Promise<KnownAccount> {
    const entry = await this.directory.find(actor.person);
    if (entry === null) throw unauthenticated();
    return entry.account;
  }

  /** The id of the session that asks; null for a program with a token. */
  private async currentOf(request: FastifyRequest, now: number): Promise<string | null> {
    const cookie = cookieOf(request, SESSION_COOKIE);
    if (cookie === null || request.headers.authorization !== undefined) return null;
    return (await this.sessions.find(cookie, now))?.session.id ?? null;
  }
}

function shown(session: KeptSession, current: boolean): OwnSession {
  const { id, begunAt, seenAt, endsAt, identity, address, device } = session;
  return {
    id,
    startedAt: new Date(begunAt).toISOString(),
    lastSeenAt: new Date(seenAt).toISOString(),
    expiresAt: new Date(endsAt).toISOString(),
    by: identity === undefined ? 'password' : 'provider',
    address,
    device,
    current,
  };
}
