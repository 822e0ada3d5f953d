import 'reflect-metadata';
import { expect } from '@jest/globals';
import { type ApplicationRunner, applicationDecider } from '#libs/county/approval';
import { DeciderRunner, PolicyRunner } from '#libs/engine/event-sourcing';
import { canaryDecider } from '#libs/county/supervision';
import { TimersPolicy } from '#libs/county/supervision/http';
import { type Body } from '../e2e/server.js';
import { TimedServer } from './timed-server.js';

/** Nine o'clock in China on a Monday; no holiday is near. */
export const MONDAY = '2026-03-02T01:00:00.000Z';

/** An hour (UTC) of a day in March 2026, ISO instant. */
export const day = (number: number, hour = '01') =>
  `2026-03-${String(number).padStart(2, '0')}T${hour}:00:00.000Z`;

export const CASE = 'mill-LX-06';
export const application = `/applications/${CASE}`;

/** One application of a small project, on a server with a time of its own. */
export class TimedCase extends TimedServer {
  static async open(): Promise<TimedCase> {
    const timed = await TimedCase.begin(MONDAY);
    await timed.done('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
    return timed;
  }

  /** A command on the application that must be taken. */
  async act(path: string, as: string, body: object = {}): Promise<void> {
    const answer = await this.server.post(`${application}/${path}`, as, body);
    expect([path, answer.status, answer.body['code']]).toEqual([path, 202, undefined]);
    await this.server.caughtUp();
  }

  async found(): Promise<Body> {
    return (await this.server.get(application, 'demo-supervisor')).body;
  }

  /** The lamp as the clock explains it, and the step that turned it yellow. */
  async lampExplained(asOf?: string): Promise<readonly unknown[]> {
    const query = asOf === undefined ? '' : `?asOf=${asOf}`;
    const { body } = await this.server.get(`${application}/clock${query}`, 'demo-supervisor');
    return [body['lamp'], body['stepOverrun']];
  }

  /** What time did to the application: type, what it is about, and when. */
  async byTime(): Promise<readonly unknown[]> {
    const entries = await this.entriesByTime(CASE);
    return entries.map((item) => [item['type'], item['level'] ?? item['step'], item['occurredAt']]);
  }

  /** Another worker on the same log: its own runners, which remember nothing of the first. */
  secondWorker(): PolicyRunner {
    const { eventStore, models, calendar, projections } = this.server.system;
    const versions = () => ({ calendarVersion: calendar.version, catalogueVersion: null });
    const applications: ApplicationRunner = new DeciderRunner(eventStore, applicationDecider({ calendar }), {
      versions,
    });
    const canaries = new DeciderRunner(eventStore, canaryDecider, { versions });
    return new PolicyRunner([new TimersPolicy({ models, applications, canaries })], {
      now: () => new Date(this.clock.now()).toISOString(),
      reached: (position) => projections.waitFor(position, 10_000),
    });
  }
}
