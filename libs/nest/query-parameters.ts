import { applyDecorators } from '@nestjs/common';
import { ApiQuery, ApiResponse } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { checkedProperties } from './class-metadata.js';
import { jsonSchema } from './json-schema.js';
import { bodyReader } from './validate.js';

const DEFAULT_LIMIT = 50;

/** Parameters of every list. In an address all of them are text. */
export class ListParameters {
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: 'limit must be a whole number from 1 to 1000' })
  limit?: string;
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  cursor?: string;
}

/** Reads a query string: parameters that are not declared, or come twice, are refused. `after` is the guard's. */
export function parametersReader<T extends object>(target: new () => T): (query: unknown) => T {
  return bodyReader(target, ['after']);
}

export function pageOf({ limit, cursor }: ListParameters): {
  readonly limit: number;
  readonly cursor: string | null;
} {
  return { limit: limit === undefined ? DEFAULT_LIMIT : Number(limit), cursor: cursor ?? null };
}

/** Documents the parameters a route reads, with `after` and the answers every query may give. */
export function ApiParameters(
  target: (new () => object) | null,
  kinds: readonly number[] = [400, 401, 403, 503],
) {
  const schema = target === null ? {} : (jsonSchema(target).properties ?? {});
  const optional = new Map(
    target === null ? [] : checkedProperties(target).map((property) => [property.name, property.optional]),
  );
  return applyDecorators(
    ...Object.entries(schema).map(([name, of]) =>
      ApiQuery({ name, required: optional.get(name) !== true, schema: { ...of } }),
    ),
    ApiQuery({
      name: 'after',
      required: false,
      description: 'A position a command answered: waits until the answer holds what it wrote',
      schema: { type: 'string', pattern: '^\\d+$' },
    }),
    ...kinds.map((status) =>
      ApiResponse({ status, description: 'Problem details', content: { 'application/problem+json': {} } }),
    ),
  );
}
