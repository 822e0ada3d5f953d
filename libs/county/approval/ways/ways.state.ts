import { type Facts } from '../application/application.state.js';
import { type VariableRule, type WayEvent } from './ways.events.js';

/** Ways through that few applications take: left out of the state until one is taken. */
export type Ways = {
  readonly fastTrack?: true;
  /** Rules of procedure that special handling has varied, in the order in which it did. */
  readonly varied?: readonly VariableRule[];
};

/** What a way through changes in an application. */
export function afterWay(state: Facts, { type, data }: WayEvent): Partial<Facts> {
  return type === 'FastTrackGranted'
    ? { fastTrack: true, terms: { ...state.terms, promised: data.promised }, due: data.due }
    : { varied: [...(state.varied ?? []), data.rule] };
}

export const isVaried = ({ varied = [] }: Ways, rule: VariableRule): boolean => varied.includes(rule);
