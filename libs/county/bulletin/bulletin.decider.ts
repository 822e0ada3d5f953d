import { hash } from 'node:crypto';
import { canonicalJson, type Decider } from '#libs/engine/event-sourcing';
import { type BulletinCommand, type SectionBody } from './bulletin.commands.js';
import {
  type BulletinContent,
  type BulletinEvent,
  type BulletinSection,
  type BulletinState,
  type Diagnostics,
} from './bulletin.events.js';
import * as rules from './bulletin.rules.js';

/** SHA-256 of the canonical JSON (keys sorted), base64url: the same content gives the same hash everywhere. */
export function hashOf(content: BulletinContent): string {
  return hash('sha256', canonicalJson(content) ?? '', 'base64url');
}

function sectionOf({ diagnostic, comment }: SectionBody, found: Diagnostics): BulletinSection {
  const { figures, basis } = found;
  // Name and figures belong together, which the compiler cannot see through the computed key.
  return {
    diagnostic,
    comment: comment ?? null,
    figures: figures[diagnostic],
    basis: basis[diagnostic],
  } as BulletinSection;
}

/** The bulletin of one half month. */
export const bulletinDecider: Decider<BulletinState, BulletinCommand, BulletinEvent> = {
  initial: { at: 'absent' },

  decide(state, { id: bulletin, title, sections, meta }, { diagnostics }) {
    const period = rules.mustNameAPeriod(bulletin);
    rules.mustBeNew(state, bulletin);
    rules.periodMustBeOver(period, meta.now);
    rules.allDiagnosticsMustBeThere(sections);
    if (diagnostics === null) throw new Error(`${bulletin}: the figures were not looked up`);
    const content: BulletinContent = {
      bulletin,
      ...period,
      title,
      sections: sections.map((section) => sectionOf(section, diagnostics)),
      position: diagnostics.position,
    };
    return [{ type: 'BulletinPublished', version: 1, data: { ...content, hash: hashOf(content) } }];
  },

  evolve(state, { stream, type, data, metadata }) {
    if (state.at !== 'absent') throw new Error(`${stream}: ${type} a second time`);
    const { occurredAt: publishedAt, actor } = metadata;
    return { at: 'published', bulletin: { ...data, publishedAt, publishedBy: actor.person } };
  },
};
