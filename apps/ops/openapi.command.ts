import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLogger } from '#libs/shell/nest';
import { apiDocument, createHttpServer, openSystem, readConfig } from '#libs/shell/system';
import { endBroken } from './failure.js';

/** Prints the OpenAPI document. The routes are those of a system on an empty directory, which is removed. */
export async function openapiCommand(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-openapi-'));
  try {
    const config = {
      ...readConfig({ DATA_DIR: directory, LOG_LEVEL: 'warn' }),
      roles: new Set(['api'] as const),
    };
    const system = await openSystem(config, { log: makeLogger(config.logLevel), onBroken: endBroken });
    const app = await createHttpServer(system);
    try {
      process.stdout.write(`${JSON.stringify(apiDocument(app))}\n`);
    } finally {
      await app.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
