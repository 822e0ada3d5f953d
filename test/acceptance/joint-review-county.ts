import { type Body } from '../e2e/server.js';
import { TimedServer } from './timed-server.js';

/** Nine in the morning in China on a day of 2026. The 1st of March is a Sunday, the 16th a Monday. */
export const nine = (day: string) => `2026-${day}T01:00:00.000Z`;
export const midnightAfter = (day: string) => `2026-${day}T16:00:00.000Z`;
export const inShort = ({ application, reasons, carryCount }: Body) => [application, reasons, carryCount];

/** A server whose time moves, with heads of the departments that come to sessions. It begins on 3 February 2026. */
export class JointReviewCounty extends TimedServer {
  static async open(): Promise<JointReviewCounty> {
    const county = await JointReviewCounty.begin(nine('02-03'));
    for (const [name, department] of [
      ['water-head', 'water'],
      ['ecology-head', 'ecology-environment'],
    ]) {
      await county.server.post('/accounts', 'demo-admin', {
        ...{ id: name, displayName: name, department, role: 'department-head', post: '局长' },
        password: 'a-long-enough-password',
      });
    }
    return county;
  }

  async read(path: string, as = 'demo-supervisor'): Promise<Body> {
    const { status, body } = await this.server.get(path, as);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async accepted(id: string): Promise<void> {
    await this.done('/projects', 'demo-applicant', { id, name: `${id} 冷库`, template: 'small' });
    await this.done(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    await this.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }

  /** Each session with its day and status. */
  async statuses(): Promise<unknown> {
    return (await this.read('/sessions')).items.map(({ id, day, status }: Body) => [id, day, status]);
  }

  async agendaOf(session: string): Promise<Body[]> {
    return (await this.read(`/sessions/${session}`)).agenda;
  }
}
