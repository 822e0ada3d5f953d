import { setTimeout as delay } from 'node:timers/promises';
import { type ServerProcess } from '../support/server-process.js';

/** An acknowledged step, as the log must hold it. */
export interface AcknowledgedStep {
  readonly stream: string;
  readonly step: string;
  readonly revision: string;
  readonly position: string;
}

export interface WriterTokens {
  readonly applicant: string;
  readonly window: string;
  readonly reviewer: string;
}

const PAUSE_MS = 150;
const RETRY_MS = 100;

/**
 * Case workers who record one step after another, each on an application of their own, and repeat what was refused for
 * the time being, with the same Idempotency-Key, until it is acknowledged. Any other answer ends them with an error.
 */
export class FaultWriters {
  readonly acknowledged: AcknowledgedStep[] = [];
  readonly sent = new Set<string>();
  #refused = 0;
  #isStopping = false;
  readonly #last: number[] = [];
  #running: Promise<void>[] = [];

  private constructor(
    private readonly server: ServerProcess,
    private readonly tokens: WriterTokens,
  ) {}

  static async start(server: ServerProcess, count: number, tokens: WriterTokens): Promise<FaultWriters> {
    const writers = new FaultWriters(server, tokens);
    const { applicant, window } = tokens;
    for (let number = 0; number < count; number++) {
      const id = `fault-${number}`;
      const acts = [
        ['/projects', applicant, { id, name: id, template: 'small' }],
        [`/applications/${id}-LX-06/submission`, applicant, {}],
        [`/applications/${id}-LX-06/acceptance`, window, {}],
      ] as const;
      for (const [path, token, body] of acts) {
        const answer = await server.post(path, token, body);
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      }
    }
    writers.#running = Array.from({ length: count }, (_, number) => writers.#write(number));
    // The caller that waits for the writers, or stops them, gets the error.
    for (const one of writers.#running) one.catch(() => undefined);
    return writers;
  }

  /** Ends after the step in hand of each. @throws Error whatever ended one of them before */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
  }

  async someoneAcknowledged(): Promise<void> {
    const before = this.acknowledged.length;
    await this.#until(() => this.acknowledged.length > before);
  }

  /** Each of them had a step acknowledged that was begun after the call. */
  async everyoneAcknowledged(): Promise<void> {
    const before = [...this.#last];
    await this.#until(() => this.#last.every((step, number) => step >= (before[number] ?? 0) + 2));
  }

  async someoneRefused(): Promise<void> {
    const before = this.#refused;
    await this.#until(() => this.#refused > before);
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await Promise.race([delay(20), Promise.all(this.#running)]);
  }

  async #write(number: number): Promise<void> {
    const application = `fault-${number}-LX-06`;
    this.#last[number] = -1;
    for (let n = 0; !this.#isStopping; n++) {
      const step = `writer ${number} step ${n}`;
      this.sent.add(step);
      const { revision, position } = await this.#record(application, step);
      this.acknowledged.push({ stream: `application-${application}`, step, revision, position });
      this.#last[number] = n;
      await delay(PAUSE_MS);
    }
  }

  async #record(application: string, step: string): Promise<{ revision: string; position: string }> {
    for (;;) {
      const answer = await this.server.post(
        `/applications/${application}/steps`,
        this.tokens.reviewer,
        { step },
        { 'idempotency-key': step.replaceAll(' ', '-') },
      );
      const body = (await answer.json()) as { revision: string; position: string; code?: string };
      if (answer.status === 202) return body;
      const isRefusedForNow = answer.status === 503 && answer.headers.get('retry-after') === '2';
      if (!isRefusedForNow || body.code !== 'store.unavailable')
        throw new Error(`${step}: ${answer.status} ${JSON.stringify(body)}`);
      this.#refused++;
      await delay(RETRY_MS);
    }
  }
}
