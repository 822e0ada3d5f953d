import { Body, Controller, Header, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { bodyReader, jsonSchema, Name, Public } from '#libs/nest';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { type FastifyRequest } from 'fastify';
import { SignIn } from './sign-in.js';

export class Credentials {
  @Name()
  name!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  password!: string;
}

const readCredentials = bodyReader(Credentials);

@Controller('tokens')
@ApiTags('Identity 身份')
export class TokensController {
  constructor(private readonly signIn: SignIn) {}

  @Post()
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'SignIn', summary: '登录 Get a bearer token for a name and a password' })
  @ApiBody({ schema: jsonSchema(Credentials) })
  @ApiResponse({ status: 201, description: '{ token, tokenType, expiresAt }' })
  @ApiResponse({ status: 401, description: 'The name or the password is not right' })
  @ApiResponse({ status: 429, description: 'Too many attempts; Retry-After says when to try again' })
  async create(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { name, password } = readCredentials(body);
    const { token, expiresAt } = await this.signIn.withPassword(name, password, request.ip);
    return { token, tokenType: 'Bearer', expiresAt };
  }
}
