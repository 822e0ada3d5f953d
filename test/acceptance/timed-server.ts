import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Policies } from '#libs/shell/system';
import { TestServer } from '../e2e/server.js';
import { HandClock } from '../support/hand-clock.js';

/** A server on data of its own, whose time moves when a test says so, and which can be started again. */
export class TimedServer {
  protected constructor(
    readonly directory: string,
    readonly clock: HandClock,
    public server: TestServer,
  ) {}

  /** @param instant ISO, when it begins */
  static async begin(instant: string): Promise<TimedServer> {
    const directory = mkdtempSync(join(tmpdir(), 'zhitong-timed-'));
    const clock = new HandClock(instant);
    return new TimedServer(directory, clock, await TestServer.start({ directory, clock }));
  }

  async close(): Promise<void> {
    await this.server.stop();
    rmSync(this.directory, { recursive: true });
  }

  /** `instant`: when it is started again; left out, at once. */
  async restart(env: Record<string, string> = {}, instant?: string): Promise<void> {
    await this.server.stop();
    if (instant !== undefined) this.clock.to(instant);
    this.server = await TestServer.start({ directory: this.directory, clock: this.clock, env });
  }

  /** The process with the role `clock` comes by at an instant. */
  async tick(instant: string): Promise<void> {
    this.clock.to(instant);
    await this.server.app.get(Policies).catchUp();
    await this.server.caughtUp();
  }
}
