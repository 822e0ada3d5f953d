import { type idsToName, type NameTable } from './message-text.js';

/** Looks up what departments, matters and templates are called. Made by libs/shell/system. */
export abstract class NameDirectory {
  /** The names that are known; an id without one is left out. Never fails: a message without names is still a message. */
  abstract of(ids: ReturnType<typeof idsToName>): Promise<NameTable>;
}
