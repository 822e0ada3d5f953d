import { Injectable } from '@nestjs/common';

/** Which addresses take which methods, to distinguish a wrong method (405) from a wrong address (404). */
@Injectable()
export class RouteTable {
  private readonly routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  /** Called for each route as Fastify learns of it; `url` has `:name` for a parameter. */
  add(url: string, methods: string | readonly string[]): void {
    const source = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/');
    if (url.includes('*')) return;
    this.routes.push({ pattern: new RegExp(`^${source}$`), methods: [methods].flat() });
  }

  methodsOf(url: string): readonly string[] {
    const path = url.split('?', 1)[0] ?? '';
    const found = this.routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(found)].sort();
  }
}
