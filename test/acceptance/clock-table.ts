import { expect } from '@jest/globals';
import { materialsOf } from '../support/materials.js';
import { asTwoAdmins } from '../support/second-admin.js';
import { type Body } from '../e2e/server.js';
import { TimedServer } from './timed-server.js';

/** One act of the scenario: when (Asia/Shanghai, `2026-02-10 09:00`), on which application, by whom. */
export type TableAct = readonly [
  at: string,
  application: string,
  path: string,
  as: string,
  body?: object,
  /** `202` unless it is to be refused. */
  answer?: string,
];

/** What `GET …/clock` said at a time of a day. */
export type Reading = {
  readonly lamp: string | null;
  readonly promised: string | null;
  readonly statutory: string | null;
  readonly notice: string | null;
  readonly delivery: string | null;
  readonly provisional: boolean;
};

const shanghai = (time: string): string => new Date(`${time.replace(' ', 'T')}:00+08:00`).toISOString();

/** The last day of a term that ends at 24:00 Asia/Shanghai, as `02-26`. */
const lastDay = (end: string | null): string | null =>
  end === null ? null : new Date(Date.parse(end) - 1 + 8 * 3_600_000).toISOString().slice(5, 10);

/** Days from one to another, both included, `2026-02-10`. */
function daysFrom(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let ms = Date.parse(first); ms <= Date.parse(last); ms += 86_400_000) {
    days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}

/**
 * Rows of the table on one server whose time goes from day to day: at 00:05 of each day the process with the role `clock` comes
 * by, and then and at 23:50 the clock of every application is read.
 */
export class ClockTable extends TimedServer {
  private readonly readings = new Map<string, Map<string, Reading>>();
  private readonly applications: string[] = [];

  /** @param desks departments whose window acts, in addition to the demo's */
  static async open(
    firstDay: string,
    projects: readonly string[],
    desks: readonly string[] = [],
  ): Promise<ClockTable> {
    const table = await ClockTable.begin(shanghai(`${firstDay} 08:40`));
    for (const department of desks) await table.account(department);
    const matters = ['LX-06', 'LX-14', 'SG-05', 'JG-02'].map((code) => ({ code, prerequisites: [] }));
    const stages = [{ name: '立项用地规划许可', lead: 'natural-resources', matters }];
    await table.done('/templates', 'demo-admin', {
      id: 'table',
      name: '时限表',
      nameEn: 'The table',
      stages,
    });
    for (const id of projects) {
      await table.done('/projects', 'demo-applicant', { id, name: id, template: 'table' });
    }
    return table;
  }

  private async account(department: string): Promise<void> {
    const id = `${department}-window`;
    const body = {
      id,
      displayName: id,
      role: 'window',
      password: `${id}-password`,
      department,
      post: '窗口',
    };
    const { status } = await asTwoAdmins(this.server, '/accounts', body);
    expect([id, status < 300]).toEqual([id, true]);
    await this.server.caughtUp();
  }

  private async act([at, application, path, as, body = {}, expected = '202']: TableAct): Promise<void> {
    const { status, body: problem } = await this.server.post(
      `/applications/${application}/${path}`,
      as,
      body,
    );
    const answer = status === 202 ? '202' : `${status} ${problem['code']}`;
    expect([at, application, path, answer]).toEqual([at, application, path, expected]);
    await this.server.caughtUp();
  }

  /** Everything that the catalogue lists for a matter is handed in. */
  private async submit([, application, , as, body = {}]: TableAct): Promise<void> {
    const materials = await materialsOf(this.server, application);
    await this.done(`/applications/${application}/submission`, as, { materials, ...body });
    this.applications.push(application);
    this.readings.set(application, new Map());
  }

  /** Plays the acts at their times, and reads every clock twice a day until the last day. */
  async play(acts: readonly TableAct[], firstDay: string, finalDay: string): Promise<void> {
    for (const day of daysFrom(firstDay, finalDay)) {
      if (day > firstDay || acts.every(([at]) => at > `${day} 08:40`)) {
        await this.tick(shanghai(`${day} 00:05`));
        await this.read(`${day} 00:05`);
      }
      for (const act of acts.filter(([at]) => at.startsWith(day))) {
        this.clock.to(shanghai(act[0]));
        await (act[2] === 'submission' ? this.submit(act) : this.act(act));
      }
      this.clock.to(shanghai(`${day} 23:50`));
      await this.read(`${day} 23:50`);
    }
  }

  private async read(time: string): Promise<void> {
    await this.server.caughtUp();
    for (const application of this.applications) {
      const body = await this.clockOf(application);
      const { lamp, due, noticeDueAt, deliveryDueAt } = body;
      this.readings.get(application)?.set(time, {
        lamp,
        promised: lastDay(due['promised']),
        statutory: lastDay(due['statutory']),
        notice: lastDay(noticeDueAt),
        delivery: lastDay(deliveryDueAt),
        provisional: due['provisional'],
      });
    }
  }

  async clockOf(application: string, asOf?: string): Promise<Body> {
    const query = asOf === undefined ? '' : `?asOf=${asOf}`;
    return (await this.server.get(`/applications/${application}/clock${query}`, 'demo-supervisor')).body;
  }

  async found(application: string): Promise<Body> {
    return (await this.server.get(`/applications/${application}`, 'demo-supervisor')).body;
  }

  /** Level, day and reason of each escalation. */
  async escalations(application: string): Promise<readonly string[]> {
    const path = `/audit?stream=application-${application}&type=ApplicationEscalated`;
    const { body } = await this.server.get(path, 'demo-supervisor');
    return (body['items'] as Body[])
      .sort((a, b) => Number(a['revision']) - Number(b['revision']))
      .map(
        ({ data, metadata, occurredAt = metadata?.occurredAt }) =>
          `${data.level} ${lastDay(occurredAt)} ${data.reason}`,
      );
  }

  /** What time did to an application: type, what it is about, the day on which it fell due. */
  async byTime(application: string): Promise<readonly string[]> {
    const entries = await this.entriesByTime(application);
    return entries.map((item) =>
      [item['type'], item['level'] ?? item['step'] ?? 'term', lastDay(item['occurredAt'])].join(' '),
    );
  }

  /**
   * The readings of one application, those that say the same joined: from when (the first reading), and what they said:
   * lamp, promised/statutory end, until when the notice or the delivery is owed. `?` marks provisional dates.
   */
  told(application: string): readonly string[] {
    const lines: string[] = [];
    let before = '';
    for (const [time, reading] of this.readings.get(application) ?? []) {
      const { lamp, promised, statutory, notice, delivery, provisional } = reading;
      const owed = [
        notice === null ? '' : ` notice ${notice}`,
        delivery === null ? '' : ` delivery ${delivery}`,
      ];
      const said = `${lamp} ${promised}/${statutory}${provisional ? '?' : ''}${owed.join('')}`;
      if (said !== before) lines.push(`${time.slice(5)} ${said}`);
      before = said;
    }
    return lines;
  }
}
