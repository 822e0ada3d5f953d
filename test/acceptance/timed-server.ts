import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Policies } from '#libs/shell/system';
import { type Body, TestServer } from '../e2e/server.js';
import { HandClock } from '../support/hand-clock.js';

/** A server on data of its own, whose time moves when a test says so, and which can be started again. */
export class TimedServer {
  constructor(
    readonly directory: string,
    readonly clock: HandClock,
    public server: TestServer,
  ) {}

  /** @param instant ISO, when it begins */
  static async begin<Timed extends TimedServer>(
    this: new (directory: string, clock: HandClock, server: TestServer) => Timed,
    instant: string,
  ): Promise<Timed> {
    const directory = mkdtempSync(join(tmpdir(), 'zhitong-timed-'));
    const clock = new HandClock(instant);
    return new this(directory, clock, await TestServer.start({ directory, clock }));
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

  /** A command that must be taken. */
  async done(path: string, as: string, body: object = {}): Promise<void> {
    const answer = await this.server.post(path, as, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    await this.server.caughtUp();
  }

  /** What time did to an application, in the order of the log. */
  protected async entriesByTime(application: string): Promise<readonly Body[]> {
    const path = `/applications/${application}/timeline?limit=200`;
    const { body } = await this.server.get(path, 'demo-supervisor');
    return (body['items'] as Body[])
      .filter((item) => item['role'] === 'system')
      .sort((a, b) => Number(a['revision']) - Number(b['revision']));
  }

  /** The process with the role `clock` comes by at an instant. */
  async tick(instant: string): Promise<void> {
    this.clock.to(instant);
    await this.server.app.get(Policies).catchUp();
    await this.server.caughtUp();
  }
}
