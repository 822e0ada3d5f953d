import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { matterOfApplication } from '#libs/county/project';
import { dayOf, instantOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { ACT_METADATA, Clock, type SignedInRequest } from '#libs/shell/nest';
import { RosterLookup } from './roster.lookup.js';
import { ACT_OF_COMMAND, type WindowAct } from '../window-acts.js';

/**
 * 首席代表授权: a person at the window decides under a delegation of the department's head, read from its stream, so that one that
 * was withdrawn a moment ago is refused. The event records which one it was. The head, who decides by office, needs none.
 */
@Injectable()
export class DelegationGuard implements CanActivate {
  constructor(
    private readonly rosters: RosterLookup,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    if (request.actor?.role !== 'window') return true;
    const command = Reflect.getMetadata(ACT_METADATA, context.getHandler()) as string | undefined;
    const act = command === undefined ? undefined : ACT_OF_COMMAND.get(command);
    return act === undefined ? true : this.enter(request, request.actor, act);
  }

  private async enter(
    request: SignedInRequest,
    { person, department }: Actor,
    act: WindowAct,
  ): Promise<true> {
    const { id } = request.params as { readonly id: string };
    const day = dayOf(instantOf(this.clock.now()));
    const decision = { person, act, matter: matterOfApplication(id), day };
    const delegation = await this.rosters.delegationFor(department ?? '', decision);
    if (delegation !== null) request.delegation = delegation;
    return true;
  }
}
