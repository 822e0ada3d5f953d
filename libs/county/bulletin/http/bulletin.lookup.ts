import { Inject, Injectable } from '@nestjs/common';
import { lookup } from '#libs/shell/nest';
import { PublishBulletin } from '../bulletin.commands.js';
import { periodOf } from '../bulletin.rules.js';
import { DIAGNOSTICS_SOURCE, type DiagnosticsSource } from '../bulletin.tokens.js';

@Injectable()
export class BulletinStores {
  constructor(@Inject(DIAGNOSTICS_SOURCE) readonly source: DiagnosticsSource) {}
}

export const bulletin = lookup(PublishBulletin, async ({ id, meta }, { source }: BulletinStores) => {
  const period = periodOf(id);
  return { diagnostics: period && (await source.diagnose(period, meta.now)) };
});
