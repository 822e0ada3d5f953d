import { type Answer, type Body, TestServer } from '../e2e/server.js';
import { handIn } from '../support/materials.js';
import { HandClock } from '../support/hand-clock.js';
import { asTwoAdmins } from '../support/second-admin.js';

/** A county's server with a clock of its own, and the ways of asking that acceptance tests share. */
export class County {
  private constructor(
    readonly server: TestServer,
    readonly clock: HandClock,
  ) {}

  static async open(): Promise<County> {
    const clock = new HandClock();
    return new County(await TestServer.start({ clock }), clock);
  }

  /** Opens an account for a member of a department's staff, or an applicant. */
  async account(id: string, role: string, department?: string): Promise<void> {
    const body = { id, displayName: id, role, password: `${id}-password` };
    const staff = department === undefined ? {} : { department, post: role };
    const answer = await asTwoAdmins(this.server, '/accounts', { ...body, ...staff });
    if (answer.status >= 300) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async project(id: string, template = 'small', as = 'demo-applicant'): Promise<void> {
    await this.done('/projects', as, { id, name: `${id} 冷库`, template });
  }

  /** A command that must be taken. */
  async done(path: string, as: string, body: object = {}): Promise<Answer> {
    const answer = await this.server.post(path, as, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Hands in all that the catalogue lists for the matter. */
  async handIn(application: string, as = 'demo-applicant'): Promise<Answer> {
    const answer = await handIn(this.server, application, as);
    if (answer.status >= 300)
      throw new Error(`${application}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** A step of the review is recorded: without one there is no decision. */
  async review(application: string, as = 'demo-reviewer'): Promise<void> {
    await this.done(`/applications/${application}/steps`, as, { step: '审查' });
  }

  /** A command that must be refused: `409 application.ended`. */
  async refused(path: string, as: string, body: object = {}): Promise<string> {
    const { status, body: problem } = await this.server.post(path, as, body);
    return `${status} ${problem['code'] ?? 'taken'}`;
  }

  /** The answer of a query once the read models hold everything. */
  async read(path: string, as: string): Promise<Body> {
    await this.server.caughtUp();
    const { status, body } = await this.server.get(path, as);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Revises a matter so that it lists these materials. */
  async list(matter: string, materials: readonly { name: string; key: boolean }[]): Promise<void> {
    const { body } = await this.server.get(`/matters/${matter}`, 'demo-admin');
    const { name, nameEn, kind, department, legalBasis, statutory, promised, limitsVerified, steps } = body;
    await this.done(`/matters/${matter}/revision`, 'demo-admin', {
      ...{ name, nameEn, kind, department, legalBasis, statutory, promised, limitsVerified, steps },
      effectiveFrom: body['effectiveFrom'],
      materials: materials.map((one) => ({ ...one, basis: '城乡规划法 Art. 36' })),
      reason: '补全材料清单',
    });
  }

  /** Types of what happened in an application, in order. */
  async timeline(application: string, as = 'demo-supervisor'): Promise<readonly string[]> {
    const { items } = await this.read(`/applications/${application}/timeline?limit=200`, as);
    return items.map((item: Body) => item['type']);
  }

  async close(): Promise<void> {
    await this.server.remove();
  }
}
