import { type Actor } from '#libs/engine/event-sourcing';
import { question } from '#libs/shell/nest';
import { sightOf } from '../sight.js';

/** Asked by every question that shows what is not everybody's. */
export const SightOf = question((sources, actor: Actor) => sightOf(sources, actor));
