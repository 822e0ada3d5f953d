import { Injectable } from '@nestjs/common';

/** Which addresses take which methods, so that a wrong method is told from a wrong address. */
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
