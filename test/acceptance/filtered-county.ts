import { CommandBus } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { simulateCounty } from '#libs/shell/simulation';
import { County } from './county.js';

/** A simulated county in which every list of the API has something to filter. */
export async function filteredCounty(projects: number): Promise<County> {
  const county = await County.open();
  const { server } = county;
  const bus = server.app.get(CommandBus);
  const execute = (command: HttpCommand) => bus.execute<Receipt>(command);
  await simulateCounty({ execute, calendar: server.system.calendar }, { projects, seed: 4 });
  await county.account('li', 'applicant');
  await county.account('clerk', 'department-head', 'water');
  await casesAreUnderWay(county);
  await applicantsAsk(county);
  await departmentsPromise(county);
  await countyMeets(county);
  county.clock.to('2026-12-28T02:00:00.000Z');
  await server.caughtUp();
  return county;
}

/** Two cases are disputed, on two others opinions are awaited, on one of them only still that of one department. */
async function casesAreUnderWay(county: County): Promise<void> {
  for (const [id, applicant] of [
    ['mill', 'demo-applicant'],
    ['dam', 'li'],
    ['inn', 'demo-applicant'],
    ['pier', 'li'],
  ] as const) {
    await county.project(id, 'small', applicant);
    await county.done(`/applications/${id}-LX-06/submission`, applicant);
    await county.done(`/applications/${id}-LX-06/acceptance`, 'demo-window');
  }
  await county.server.caughtUp();
  for (const id of ['mill', 'dam']) {
    const dispute = { departments: ['water'], reason: '在河道管理范围内' };
    await county.done('/disputes', 'demo-head', { id: `${id}-1`, application: `${id}-LX-06`, ...dispute });
  }
  for (const id of ['inn', 'pier']) {
    const departments = ['water', 'ecology-environment'];
    await county.done(`/applications/${id}-LX-06/consultation`, 'demo-head', {
      departments,
      question: '是否占用河道',
      days: 5,
    });
  }
  const opinion = { agrees: true, opinion: '不占用' };
  await county.done('/applications/pier-LX-06/consultation-opinion', 'clerk', opinion);
}

async function applicantsAsk(county: County): Promise<void> {
  for (const matter of ['LX-06', 'LX-01']) await county.list(matter, [{ name: '申请报告', key: false }]);
  let count = 0;
  for (const as of ['demo-applicant', 'li']) {
    for (const department of ['natural-resources', 'water']) {
      for (const urgency of ['urgent', 'normal']) {
        const asked = { department, urgency, text: '如何办理' };
        await county.done('/requests', as, { id: `r${++count}`, ...asked });
      }
    }
    const doubt = { condition: { kind: 'material', name: '申请报告' }, reason: '法律没有要求' };
    for (const matter of ['LX-06', 'LX-01'])
      await county.done('/challenges', as, { id: `${as}-${matter}`, matter, ...doubt });
  }
  await county.done('/requests/r1/answer', 'demo-head', { answer: '按图办理' });
  await county.done('/requests/r7/answer', 'clerk', { answer: '按图办理' });
  // One is asked so late that its answer is not overdue yet.
  county.clock.to('2026-12-25T02:00:00.000Z');
  const late = { department: 'water', urgency: 'normal', text: '如何办理' };
  await county.done('/requests', 'li', { id: 'r9', ...late });
}

async function departmentsPromise(county: County): Promise<void> {
  for (const [id, matter] of [
    ['i1', 'LX-06'],
    ['i2', 'LX-06'],
    ['i3', 'LX-01'],
  ]) {
    const proposal = { id, matter, title: '少跑一趟', change: '合并两次踏勘' };
    await county.done('/improvements', 'demo-reviewer', proposal);
  }
  await county.done('/improvements/i1/drop', 'demo-head', { reason: '不值得' });
  const promise = { text: '按期完成', indicator: { name: '项目', unit: '个', target: 3 } };
  await county.done('/pledges', 'demo-head', { id: 'p1', dueOn: '2026-12-26', ...promise });
  await county.done('/pledges', 'clerk', { id: 'p2', dueOn: '2026-12-26', ...promise });
  await county.done('/pledges', 'clerk', { id: 'p3', dueOn: '2027-02-26', ...promise });
  const span = { from: '2026-12-01', to: '2026-12-15' };
  const inspected = { ...span, figures: { done: 2 }, findings: '办件全部按时办结' };
  await county.done('/self-inspections', 'demo-head', { id: 'own-1', ...inspected });
  await county.done('/self-inspections', 'clerk', { id: 'own-2', ...inspected });
}

/** A session is held and another is to come; the change of an account waits for a second administrator. */
async function countyMeets(county: County): Promise<void> {
  const attendance = [{ department: 'water', person: 'clerk' }];
  for (const [id, day] of [
    ['extra-1', '2026-12-25'],
    ['extra-2', '2026-12-28'],
  ]) {
    await county.done('/sessions', 'demo-campaign', { id, day });
  }
  await county.done('/sessions/extra-1/opening', 'demo-campaign', { chair: 'demo-leader', attendance });
  await county.done('/sessions/extra-1/closing', 'demo-campaign');
  const waiting = { id: 'deputy', displayName: '副县长', role: 'leader', password: 'a-long-enough-password' };
  await county.done('/accounts', 'demo-admin', {
    ...waiting,
    department: 'county-government',
    post: '副县长',
  });
}
