/** What the composition root (libs/shell/system) gives to everybody, by name: ports have no class to ask for. */
export const EVENT_STORE = Symbol('EventStore');
export const READ_STORE = Symbol('ReadStore');
export const LOGGER = Symbol('Logger');
/** Texts of every area's refusals together. */
export const MESSAGES = Symbol('messages');
