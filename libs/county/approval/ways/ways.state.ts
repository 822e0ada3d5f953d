import { type Facts } from '../core/facts.js';
import { type WayEvent } from './ways.events.js';

/** What a way through changes in an application. */
export function afterWay(state: Facts, { type, data }: WayEvent): Partial<Facts> {
  return type === 'FastTrackGranted'
    ? { fastTrack: true, terms: { ...state.terms, promised: data.promised }, due: data.due }
    : { varied: [...(state.varied ?? []), data.rule] };
}
