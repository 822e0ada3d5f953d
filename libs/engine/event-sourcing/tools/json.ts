/**
 * What an event or a read-model document may contain: JSON and nothing else. A Date, Map, bigint or class instance
 * comes back from a store as something different from what went in, so the type refuses them at compile time.
 */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A JSON object. Optional fields are allowed; `undefined` is dropped by JSON and so never stored. */
export type JsonObject = { readonly [key: string]: Json | undefined };
