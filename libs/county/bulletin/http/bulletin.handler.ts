import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { PublishBulletin } from '../bulletin.commands.js';
import { periodOf } from '../bulletin.rules.js';
import {
  BULLETIN_RUNNER,
  BULLETIN_STREAM,
  type BulletinRunner,
  DIAGNOSTICS_SOURCE,
  type DiagnosticsSource,
} from '../bulletin.tokens.js';

@CommandHandler(PublishBulletin)
export class PublishBulletinHandler implements ICommandHandler<PublishBulletin> {
  constructor(
    @Inject(BULLETIN_RUNNER) private readonly bulletins: BulletinRunner,
    @Inject(DIAGNOSTICS_SOURCE) private readonly source: DiagnosticsSource,
  ) {}

  async execute(command: PublishBulletin): Promise<Receipt> {
    const period = periodOf(command.id);
    command.diagnostics = period && (await this.source.diagnose(period, command.meta.now));
    return this.bulletins.run(BULLETIN_STREAM + command.id, command);
  }
}
