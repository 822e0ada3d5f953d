import { type Tables } from '#libs/county/supervision';
import { type Projection } from '#libs/engine/event-sourcing';
import { allProjections } from '../all-projections.js';

/** Read models that no report rests on: where events lie, what is found by which name, what time will bring about, keys of callers. */
const OF_NO_REPORT = ['audit', 'search', 'timers', 'used-keys'];

/** What is folded of the past: every read model that a report rests on. */
export const pastProjections = (tables: Tables): readonly Projection[] =>
  allProjections(tables).filter(({ name }) => !OF_NO_REPORT.includes(name));
