/** The README's tour in a program, while the server runs: `node dist/libs/client/tour.js [id of the project]`. */
import { execFileSync } from 'node:child_process';
import { done, Zhitong } from './index.js';

const server = new Zhitong(process.env['ZHITONG_URL'] ?? 'http://127.0.0.1:3000');
const token = (user: string) => execFileSync('node', ['dist/apps/ops/main.js', 'token', '--user', user]);
const as = (role: string) => server.as(token(`demo-${role}`).toString().trim());
const [applicant, window, reviewer, head] = [as('applicant'), as('window'), as('reviewer'), as('head')];
const [supervisor, leader] = [as('supervisor'), as('leader')];

// Register a project from a template; its applications open with it.
const [, , id = 'tour-1'] = process.argv;
done(await applicant.POST('/projects', { body: { id, name: 'Cold store at Tianshifu', template: 'small' } }));
// Something is missing: the window asks for everything at once (一次告知), and the applicant hands it in.
const the = { params: { path: { id: `${id}-LX-06` } } };
const items = [{ material: 'Site plan', reason: 'The plan lacks the river line' }];
done(await applicant.POST('/applications/{id}/submission', { ...the, body: { materials: ['Site plan'] } }));
done(await window.POST('/applications/{id}/supplement-request', { ...the, body: { items } }));
done(await applicant.POST('/applications/{id}/supplement', { ...the, body: { materials: ['Second plan'] } }));
// Once it is accepted, to ask for more is not lawful: the answer says why.
done(await window.POST('/applications/{id}/acceptance', { ...the, body: { note: 'Complete' } }));
const { error } = await window.POST('/applications/{id}/supplement-request', { ...the, body: { items } });
console.log(`${error?.status} ${error?.code}: ${error?.messages.zh} (${error?.article})`);
done(await head.POST('/applications/{id}/assignment', { ...the, body: { person: 'demo-reviewer' } }));
done(await reviewer.POST('/applications/{id}/steps', { ...the, body: { step: 'On-site check' } }));
done(await head.POST('/applications/{id}/escalation', { ...the, body: { reason: 'A question of water' } }));
done(await head.POST('/applications/{id}/approval', { ...the, body: { opinion: 'In line with the plan' } }));
done(await window.POST('/applications/{id}/delivery', { ...the, body: { method: 'in person' } }));

// What happened, who held it, and how the county stands.
const path = { id };
const timeline = done(await applicant.GET('/projects/{id}/timeline', { params: { path } }));
for (const { application, type } of timeline.items) console.log(application, type);
const held = done(await supervisor.GET('/reports/accountability', { params: { query: { project: id } } }));
for (const { party, person, workingMinutes } of held.holders) console.log(party, person, workingMinutes);
const [work, load] = [done(await reviewer.GET('/worklist')), done(await leader.GET('/reports/workload'))];
const { projects, lamps } = done(await leader.GET('/reports/overview'));
console.log(work.items.length, load.items.length, projects, lamps.red);
