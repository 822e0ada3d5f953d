import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { ACT_METADATA, Authenticator, HttpProblem, type SignedInRequest } from '#libs/shell/nest';
import { AccountAuthenticator } from '../account.authenticator.js';

/** A person who signed in with a password that an administrator set may only change it. Runs after the roles' guard. */
@Injectable()
export class PasswordChangeGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  canActivate(context: ExecutionContext): boolean {
    const { actor, params } = context.switchToHttp().getRequest<SignedInRequest>();
    const { authenticator } = this;
    if (actor === undefined || !(authenticator instanceof AccountAuthenticator)) return true;
    if (!authenticator.mustChangePassword(actor)) return true;
    const act: unknown = Reflect.getMetadata(ACT_METADATA, context.getHandler());
    const { id } = params as { readonly id?: string };
    if (act === 'ChangePassword' && id === actor.person) return true;
    throw new HttpProblem(403, 'account.must-change-password');
  }
}
