import { type Answer, type Body, TestServer } from '../e2e/server.js';
import { multipart, PDF } from '../support/multipart.js';
import { HandClock } from '../support/hand-clock.js';
import { asTwoAdmins } from '../support/second-admin.js';
import { HELPERS, type Person, PEOPLE } from './people.js';

/** Ten o'clock in China, on two Tuesdays: what needs a term to be over is prepared on the first, all else on the second. */
const BEFORE = '2026-11-24T02:00:00.000Z';
const NOW = '2026-12-22T02:00:00.000Z';
/** The legal day of it. */
export const TODAY = '2026-12-22';

/** The department and the applicant whose things all things are. */
export const OWN_DEPARTMENT = 'natural-resources';
export const OWN_APPLICANT = 'li';

/** A licence with a term, key and other material; and a service, no licence, that is done at once and owes no decision. */
export const LICENCE = 'WK-01';
export const SERVICE = 'WK-02';
/** A licence of another department, which asks the scene's one for its opinion. */
export const FORESTRY = 'WK-03';
export const MATERIALS = ['总平面图', '现场照片'] as const;

const TERM = (days: number) => ({ days, unit: 'working-day', start: 'acceptance' });
const MATTER = {
  name: '核发许可',
  nameEn: 'A licence',
  kind: 'licence',
  department: OWN_DEPARTMENT,
  legalBasis: [{ law: '中华人民共和国行政许可法', article: '第四十二条', verified: true }],
  statutory: TERM(20),
  promised: TERM(10),
  limitsVerified: true,
  materials: [
    { name: MATERIALS[0], key: true, basis: '行政许可法 Art. 31' },
    { name: MATERIALS[1], key: false, basis: '行政许可法 Art. 31' },
  ],
  steps: ['现场查看'],
  effectiveFrom: '2026-01-01',
} as const;

/** A matter as it is published, with what is different about it. */
export const matterBody = (different: object = {}) => ({ ...MATTER, ...different });
export const templateBody = (code: string) => ({
  name: '演示流程',
  nameEn: 'A process',
  stages: [{ name: '立项', lead: OWN_DEPARTMENT, matters: [{ code, prerequisites: [] }] }],
});

/** A server with people of every role and stand, and the making of things in the state that an act needs. */
export class World {
  private made = 0;
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly server: TestServer,
    private readonly clock: HandClock,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<World> {
    const clock = new HandClock(BEFORE);
    const world = new World(await TestServer.start({ clock, env }), clock);
    try {
      await world.furnish();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  private async furnish(): Promise<void> {
    const admin = (path: string, body: object) => this.done('demo-admin', path, body);
    for (const person of [...PEOPLE, ...HELPERS]) await this.account(person);
    const service = {
      name: '即办服务',
      nameEn: 'A service',
      kind: 'other',
      statutory: null,
      promised: TERM(0),
      materials: [],
    };
    const use = { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' };
    await admin('/matters', { id: LICENCE, ...MATTER, clock: { use } });
    await admin('/matters', { id: SERVICE, ...matterBody(service) });
    await admin('/matters', { id: FORESTRY, ...matterBody({ department: 'forestry' }) });
    const matters = [LICENCE, SERVICE, FORESTRY].map((code) => ({ code, prerequisites: [] }));
    const stages = [{ name: '立项', lead: OWN_DEPARTMENT, matters }];
    await admin('/templates', { id: 'walk', ...templateBody(LICENCE), stages });
    await this.server.caughtUp();
    await admin('/campaign-office/campaign-office/assignment', {});
    for (const { mandate, principal, id } of PEOPLE) {
      if (mandate === undefined || principal === undefined) continue;
      await this.done(principal, '/mandates', { id: mandate, agent: id, lastDay: '2027-06-30' });
    }
    await this.staffWindow(OWN_DEPARTMENT, 'nr');
    await this.staffWindow('water', 'wa');
    await this.server.caughtUp();
  }

  /** The window clerk of a department may decide everything for its head. */
  private async staffWindow(department: string, short: string): Promise<void> {
    const [head, person] = [`${short}-head`, `${short}-window`];
    await this.done(head, `/rosters/${department}/posts`, { window: '一号窗口', person });
    const scope = { delegation: `授权-${short}`, full: true, until: '2027-06-30' };
    await this.done(head, `/rosters/${department}/delegation`, { person, ...scope });
  }

  /** Opens an account; it holds a post where a department is named. */
  async account({ id, role, department, password }: Omit<Person, 'stand'> & { password?: string }) {
    const answer = await asTwoAdmins(this.server, '/accounts', {
      id,
      displayName: id,
      role,
      ...(password === undefined ? {} : { password }),
      ...(department === undefined ? {} : { department, post: '经办' }),
    });
    if (answer.status >= 300) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return id;
  }

  /** An id that nothing has yet. */
  id(kind: string): string {
    return `${kind}-${++this.made}`;
  }

  /** From the day of preparation to the day of the walk. */
  async go(): Promise<void> {
    this.clock.to(NOW);
    this.tokens.clear();
    await this.server.caughtUp();
  }

  async token(account: string): Promise<string> {
    const known = this.tokens.get(account);
    if (known !== undefined) return known;
    const token = await this.server.token(account);
    this.tokens.set(account, token);
    return token;
  }

  /** A request as a person sends it; `null` is a caller who is not signed in. */
  async send(
    as: string | null,
    method: string,
    path: string,
    sent: { body?: unknown; mandate?: string; prefer?: string; isFile?: boolean } = {},
  ) {
    const headers: Record<string, string> = {
      ...(as === null ? {} : { authorization: `Bearer ${await this.token(as)}` }),
      ...(sent.mandate === undefined ? {} : { mandate: sent.mandate }),
      ...(sent.prefer === undefined ? {} : { prefer: sent.prefer }),
    };
    if (sent.isFile === true) {
      const { material } = sent.body as { readonly material: string };
      const { body, type } = multipart({ material }, { name: 'plan.pdf', content: PDF });
      return this.server.send(method, path, { headers: { ...headers, 'content-type': type }, body });
    }
    return this.server.send(method, path, {
      headers,
      ...(method === 'POST' ? { body: sent.body ?? {} } : {}),
    });
  }

  /** A command that must be taken. */
  async done(as: string, path: string, body: object = {}): Promise<Answer> {
    const answer = await this.send(as, 'POST', path, { body });
    if (answer.status >= 300)
      throw new Error(`${as} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** The answer of a query to a caller who sees everything. */
  async read(path: string): Promise<Body> {
    await this.server.caughtUp();
    const { status, body } = await this.send('demo-admin', 'GET', path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  end(): Promise<bigint | null> {
    return this.server.system.eventStore.lastPosition();
  }

  async close(): Promise<void> {
    await this.server.remove();
  }
}
