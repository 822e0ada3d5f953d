import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { dayOf, instantOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { Clock, isAboutOneself, type SignedInRequest } from '#libs/shell/nest';
import { OFFICE_RUNNER, OFFICE_STREAM, type OfficeRunner } from '../campaign.tokens.js';
import { departmentMustRunTheOffice } from '../office.rules.js';

/**
 * The role `campaign-office` counts only while the person's department runs the office. Asked for every request of such
 * a person, questions too: the role oversees everything. What is about oneself, such as one's own password, is open to everybody.
 */
@Injectable()
export class CampaignOfficeGuard implements CanActivate {
  constructor(
    @Inject(OFFICE_RUNNER) private readonly office: OfficeRunner,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { actor } = context.switchToHttp().getRequest<SignedInRequest>();
    if (actor?.role !== 'campaign-office' || isAboutOneself(context)) return true;
    return this.enter(actor);
  }

  private async enter(actor: Actor): Promise<true> {
    const { state } = await this.office.load(OFFICE_STREAM);
    departmentMustRunTheOffice(state, actor, dayOf(instantOf(this.clock.now())));
    return true;
  }
}
