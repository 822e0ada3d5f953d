import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

const TAKES_FILES = 'zhitong:takes-files';

/** A route whose body is a file: read piece by piece by its handler, within limits of its own. */
export const TakesFiles = () => applyDecorators(RouteConfig({ [TAKES_FILES]: true }));

/** Whether a request is for such a route. */
export function takesFiles({
  routeOptions,
}: {
  readonly routeOptions: { readonly config: object };
}): boolean {
  return (routeOptions.config as { readonly [TAKES_FILES]?: boolean })[TAKES_FILES] === true;
}
