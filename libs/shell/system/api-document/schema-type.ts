/** A JSON schema of the dialect 2020-12, which OpenAPI 3.1 uses; also any part of one. */
export type Schema = { readonly [keyword: string]: unknown };
