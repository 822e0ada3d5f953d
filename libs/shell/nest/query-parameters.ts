import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiQuery, ApiResponse } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { checkedProperties } from './class-metadata.js';
import { CursorInterceptor } from './cursor.interceptor.js';
import { jsonSchema } from './json-schema.js';
import { PARAMETERS_METADATA } from './parameters.guard.js';
import { bodyReader } from './validate.js';

const DEFAULT_LIMIT = 50;

/** Parameters of every list. In an address all of them are text. */
export class ListParameters {
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: 'limit must be a whole number from 1 to 1000' })
  limit?: string;
  @IsOptional()
  @IsString()
  @MaxLength(8000)
  cursor?: string;
}

/** Reads a query string: parameters that are not declared, or come twice, are refused. `after` is the guard's. */
export function parametersReader<T extends object>(target: new () => T): (query: unknown) => T {
  return bodyReader(target, ['after', 'asOf']);
}

export function pageOf({ limit, cursor }: ListParameters): {
  readonly limit: number;
  readonly cursor: string | null;
} {
  return { limit: limit === undefined ? DEFAULT_LIMIT : Number(limit), cursor: cursor ?? null };
}

/**
 * Declares which parameters a route reads, `after` included: others are refused, and the API document lists them with the
 * answers that every query may give. The cursors of a list are sealed.
 */
export function ApiParameters(
  target: (new () => object) | null,
  kinds: readonly number[] = [400, 401, 403, 503],
) {
  const schema = target === null ? {} : (jsonSchema(target).properties ?? {});
  const optional = new Map(
    target === null ? [] : checkedProperties(target).map((property) => [property.name, property.optional]),
  );
  return applyDecorators(
    SetMetadata(PARAMETERS_METADATA, new Set([...Object.keys(schema), 'after'])),
    ...('cursor' in schema ? [UseInterceptors(CursorInterceptor)] : []),
    ...Object.entries(schema).map(([name, of]) =>
      ApiQuery({ name, required: optional.get(name) !== true, schema: { ...of } }),
    ),
    ApiQuery({
      name: 'after',
      required: false,
      description: 'A position a command answered: waits until the answer holds what it wrote',
      schema: { type: 'string', pattern: '^\\d+$' },
    }),
    ...kinds.map((status) => ApiResponse({ status })),
  );
}
