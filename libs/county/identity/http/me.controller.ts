import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import { ROLES } from '#libs/shell/roles';
import { CurrentActor, Roles, unauthenticated } from '#libs/shell/nest';
import { AccountDirectory } from '../account-directory.js';

@Controller('me')
@ApiTags('Identity 身份')
@ApiBearerAuth()
export class MeController {
  constructor(private readonly directory: AccountDirectory) {}

  /** Who one is today: the role, and the department and post held on this legal day. */
  @Get()
  @Roles(...ROLES)
  @ApiOperation({ operationId: 'Me', summary: '当前登录人 The person the token belongs to, as of today' })
  async me(@CurrentActor() actor: Actor) {
    const entry = await this.directory.find(actor.person);
    if (entry === null) throw unauthenticated();
    const { displayName, posts, creditCode } = entry.account;
    return { ...actor, displayName, posts, ...defined({ creditCode }) };
  }
}
