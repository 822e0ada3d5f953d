/** An id that a person chooses for a project, a request, an account …, as it is in addresses and names of streams. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Any name of a thing in an address, as the log knows it: also one that is made of two ids. */
export const THING_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
