import {
  cited,
  energyConservation,
  environmentalImpact,
  fireProtection,
  floodControl,
  occupationalDisease,
  type StatuteReference,
  waterSoil,
} from '#libs/law/citations';
import { type Prerequisite } from '../core/terms.js';
import { refusing } from '../core/refuse.js';
import { PERMIT_MESSAGES } from './permit.messages.js';

const refuse = refusing(PERMIT_MESSAGES);

/** The permit that is used by beginning works: 建筑工程施工许可证. */
export const CONSTRUCTION_PERMIT = 'SG-05';

/**
 * Matters without which a law forbids to begin works (开工), each with the place that says so. They are not among the
 * conditions of the construction permit, which 建筑法 Art. 8 lists.
 */
const BEFORE_WORKS: Readonly<Record<string, StatuteReference>> = {
  'LX-12': energyConservation(15),
  'LX-13': environmentalImpact(25),
  'LX-14': environmentalImpact(25),
  'LX-16': waterSoil(26),
  'LX-17': waterSoil(26),
  'LX-18': floodControl(27),
  'LX-32': occupationalDisease(17),
  'SG-02': fireProtection(12),
};

/** The matters that have to be granted before works begin. */
export const MATTERS_BEFORE_WORKS: readonly string[] = Object.keys(BEFORE_WORKS);

/**
 * Works begin once everything is granted that a law asks for before.
 * @param missing applications of the project that are not granted, of `MATTERS_BEFORE_WORKS`
 */
export function worksMayBegin(application: string, missing: readonly Prerequisite[]): void {
  const [first] = missing;
  if (first === undefined) return;
  const names = missing.map((one) => `${one.matter} (${one.application})`);
  const place = BEFORE_WORKS[first.matter];
  refuse(
    'application.works-not-allowed-yet',
    { application, missing: names.join(', ') },
    'state',
    place === undefined ? null : cited(place),
  );
}
