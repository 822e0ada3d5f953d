import { Body, Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { bodyReader, jsonSchema, Name, Public } from '#libs/shell/nest';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { SignIn } from '../sign-in.js';

class Credentials {
  @Name()
  name!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  password!: string;
}

const readCredentials = bodyReader(Credentials);

/** The cookie in which a browser keeps the mark of a known device. It opens nothing: see KnownDevices. */
const DEVICE_COOKIE = 'zhitong-device';
const COOKIE_SECONDS = 180 * 24 * 60 * 60;

@Controller('tokens')
@ApiTags('Identity 身份')
export class TokensController {
  constructor(private readonly signIn: SignIn) {}

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
    const origin = { address: request.ip, mark: deviceMarkOf(request.headers.cookie) };
    const signedIn = await this.signIn.withPassword(name, password, origin);
    if (signedIn.mark !== null) {
      void reply.header('set-cookie', deviceCookie(signedIn.mark, request.protocol === 'https'));
    }
    const { token, expiresAt, mustChangePassword } = signedIn;
    return { token, tokenType: 'Bearer', expiresAt, ...(mustChangePassword && { mustChangePassword }) };
  }
}

function deviceMarkOf(cookies: string | undefined): string | null {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${DEVICE_COOKIE}=`));
  return found === undefined ? null : found.slice(DEVICE_COOKIE.length + 1);
}

function deviceCookie(mark: string, isSecure: boolean): string {
  const attributes = ['Path=/api/v1/tokens', `Max-Age=${COOKIE_SECONDS}`, 'HttpOnly', 'SameSite=Strict'];
  return [`${DEVICE_COOKIE}=${mark}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
}
