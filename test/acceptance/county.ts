import { Policies } from '#libs/shell/system';
import { type Answer, type Body, TestServer } from '../e2e/server.js';
import { handIn } from '../support/materials.js';
import { HandClock } from '../support/hand-clock.js';
import { asTwoAdmins } from '../support/second-admin.js';

/** Who takes an application to its end, and what is handed in and granted. */
type Way = {
  readonly clerk?: string;
  /** The clerk, if nobody else is named. */
  readonly reviewer?: string;
  readonly head?: string;
  /** Materials that are handed in in addition to what the catalogue lists. */
  readonly also?: readonly string[];
  readonly approval?: object;
};

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

  /** Hands in all that the catalogue lists for the matter, and what else is given. */
  async handIn(application: string, as = 'demo-applicant', also: readonly string[] = []): Promise<Answer> {
    const answer = await handIn(this.server, application, as, also);
    if (answer.status >= 300)
      throw new Error(`${application}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** A step of the review is recorded: without one there is no decision. */
  async review(application: string, as = 'demo-reviewer'): Promise<void> {
    await this.done(`/applications/${application}/steps`, as, { step: '审查' });
  }

  /** An application is handed in, granted and delivered at the time of the clock. */
  async delivered(
    application: string,
    { clerk = 'demo-window', reviewer = clerk, head = 'demo-head', also = [], approval = {} }: Way = {},
  ): Promise<void> {
    const path = `/applications/${application}`;
    await this.handIn(application, 'demo-applicant', also);
    await this.done(`${path}/acceptance`, clerk);
    await this.review(application, reviewer);
    await this.done(`${path}/approval`, head, approval);
    await this.done(`${path}/delivery`, clerk);
  }

  /** Time goes on to an instant; the policies may run as often as they like. */
  async by(instant: string): Promise<void> {
    this.clock.to(instant);
    await this.server.caughtUp();
    for (let run = 0; run < 2; run++) await this.server.app.get(Policies).catchUp();
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

  /** Revises a matter as it stands but for what is different; where that makes it lighter, a second person confirms. */
  async revise(matter: string, different: object, as = 'demo-admin'): Promise<void> {
    const { body } = await this.server.get(`/matters/${matter}`, as);
    const { name, nameEn, kind, department, legalBasis, statutory, promised } = body;
    const { limitsVerified, materials, steps, effectiveFrom } = body;
    await this.done(`/matters/${matter}/revision`, as, {
      ...{ name, nameEn, kind, department, legalBasis, statutory, promised },
      ...{ limitsVerified, materials, steps, effectiveFrom },
      article: '优化营商环境条例 Art. 35',
      ...different,
    });
    const confirmed = await this.refused(`/matters/${matter}/revision-confirmation`, 'demo-leader');
    if (!['202 taken', '409 matter.revision-not-proposed'].includes(confirmed)) throw new Error(confirmed);
  }

  /** Revises a matter so that it lists these materials. */
  async list(matter: string, materials: readonly { name: string; key: boolean }[]): Promise<void> {
    await this.revise(matter, {
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
