import { bodyReader, cookieOf, Name } from '#libs/shell/nest';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { type FastifyRequest } from 'fastify';
import { DEVICE } from './session-cookies.js';
import { type PasswordOrigin } from '../sign-in.js';

/** What a person gives to sign in. */
export class Credentials {
  @Name()
  name!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  password!: string;
}

export const readCredentials = bodyReader(Credentials);

/** Where a request to sign in comes from. */
export function originOf(request: FastifyRequest): PasswordOrigin {
  return {
    address: request.ip,
    device: request.headers['user-agent'] ?? null,
    mark: cookieOf(request, DEVICE.name),
  };
}
