import { Body, Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { bearer, Clock, jsonSchema, Public, Roles } from '#libs/shell/nest';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AccountDirectory } from '../account-directory.js';
import { DEVICE } from './session-cookies.js';
import { SignIn } from '../sign-in.js';
import { LocalTokens } from '../tokens.js';
import { Credentials, originOf, readCredentials } from './credentials.body.js';

@Controller('tokens')
@ApiTags('Identity 身份')
export class TokensController {
  constructor(
    private readonly signIn: SignIn,
    private readonly tokens: LocalTokens,
    private readonly directory: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'SignIn', summary: '登录 Get a bearer token for a name and a password' })
  @ApiBody({ schema: jsonSchema(Credentials) })
  @ApiResponse({
    status: 201,
    description:
      '{ token, tokenType, expiresAt }; with mustChangePassword: true the token is good for changing the password only. The cookie marks the device, so that wrong tries of others do not slow it down',
  })
  @ApiResponse({ status: 401, description: 'The name or the password is not right' })
  @ApiResponse({ status: 413, description: 'A body of more than 4 KB' })
  @ApiResponse({ status: 429, description: 'Too many attempts; Retry-After says when to try again' })
  @ApiResponse({ status: 503, description: 'Too many are signing in at this moment' })
  async create(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.signIn.admit(request.ip);
    const { name, password } = readCredentials(body);
    const signedIn = await this.signIn.tokenFor(name, password, originOf(request));
    if (signedIn.mark !== null) {
      const isSecure = request.protocol === 'https';
      void reply.header('set-cookie', DEVICE.cookie(signedIn.mark, '/api/v1/tokens', isSecure));
    }
    const { token, expiresAt, mustChangePassword } = signedIn;
    return { token, tokenType: 'Bearer', expiresAt, ...(mustChangePassword && { mustChangePassword }) };
  }

  @Post('refresh')
  @Roles()
  @ApiBearerAuth()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'RefreshToken',
    summary:
      '续期令牌 A new bearer token for one that is still good, until seven days after the password was given; a session needs none',
  })
  @ApiResponse({ status: 201, description: '{ token, tokenType, expiresAt }' })
  async refresh(@Req() request: FastifyRequest) {
    const now = this.clock.now();
    const verified = await this.tokens.verify(bearer(request.headers.authorization), now);
    const entry = await this.directory.find(verified.account);
    const { token, expiresAt } = await this.tokens.refreshed(verified, entry?.account ?? null, now);
    return { token, tokenType: 'Bearer', expiresAt };
  }
}
