import * as cases from '../cases.js';
import { LICENCE, matterBody, OWN_DEPARTMENT, templateBody } from '../world.js';
import * as campaign from './campaign.scenes.js';
import * as county from './county.scenes.js';
import { type World } from '../world.js';

/** A query: its address, and a text that an answer which shows the thing contains. */
export interface Question {
  readonly path: string;
  readonly body?: object;
  /** Absent: any answer of 200 or 201 shows the thing. */
  readonly shows?: string;
  /** What a caller who is let in is answered, where it is not 200 or 201. */
  readonly status?: number;
}

export type Things = Readonly<Record<string, string>>;

/** The queries about one thing of each kind, all of the scene's applicant and department. */
export const questionsAbout = (of: Things): Readonly<Record<string, Question>> => {
  const { project = '', application = '', matter = '', template = '', department = '', mandate = '' } = of;
  const one = (path: string, id: string | undefined, rest = ''): Question => ({
    path: `${path}/${id ?? ''}${rest}`,
    ...(id === undefined ? {} : { shows: id }),
  });
  const list = (path: string, shows: string | undefined): Question => ({
    path,
    ...(shows === undefined ? {} : { shows }),
  });
  return {
    'POST /tokens': { path: '/tokens', body: { name: of['account'], password: of['password'] } },
    'POST /tokens/refresh': { path: '/tokens/refresh', body: {} },
    'GET /session': { path: '/session' },
    'POST /session': { path: '/session', body: { name: of['account'], password: of['password'] } },
    'DELETE /session': { path: '/session', status: 204 },
    // This server has no provider, and nobody has such a session.
    'GET /session/provider': { path: '/session/provider', status: 404 },
    'GET /me': { path: '/me' },
    'GET /me/sessions': { path: '/me/sessions' },
    // A stream does not end by itself: a caller who is let in gets a refusal of the topics.
    'GET /stream': { path: '/stream?topics=nothing', status: 400 },
    'DELETE /me/sessions/{id}': { path: '/me/sessions/nothing', status: 404 },
    'GET /account-notices': { path: '/account-notices' },
    'GET /accounts': list('/accounts?limit=200', 'demo-admin'),
    'GET /accounts/{id}': one('/accounts', 'demo-reviewer'),
    'GET /departments': list('/departments?limit=200', department),
    'GET /departments/{id}': one('/departments', department),
    'GET /organisations/{id}': one('/organisations', of['organisation']),
    'GET /permits': { path: '/permits' },
    'GET /matters': list('/matters?limit=200', matter),
    'GET /matters/{code}': one('/matters', matter),
    'GET /matters/{code}/versions': one('/matters', matter, '/versions'),
    'GET /matters/{code}/comparison': list(`/matters/${matter}/comparison?from=1&to=2`, '修订'),
    'GET /matters/{code}/responsible': one('/matters', matter, '/responsible'),
    'GET /abolished-matters': list('/abolished-matters', of['abolished']),
    'GET /questionnaire': list('/questionnaire', 'SG-17'),
    'GET /templates': list('/templates?limit=200', template),
    'GET /templates/{code}': one('/templates', template),
    'GET /templates/{code}/analysis': one('/templates', template, '/analysis'),
    'GET /templates/{code}/comparison': list(`/templates/${template}/comparison?from=1&to=2`, '修订'),
    'GET /compression': { path: '/compression' },
    'GET /catalogues/{id}': one('/catalogues', of['catalogue']),
    'GET /duty-gaps': { path: '/duty-gaps' },
    'GET /campaign-office': list('/campaign-office', 'campaign-office'),
    'GET /challenges': list('/challenges?limit=200', of['challenge']),
    'GET /challenges?applicant={applicant}': list('/challenges?limit=200&applicant=li', of['challenge']),
    'GET /challenges/{id}': one('/challenges', of['challenge']),
    'GET /reports/service-quality': { path: '/reports/service-quality?from=2026-11-01&to=2026-12-22' },
    'GET /projects': list('/projects?limit=200', project),
    'GET /projects?applicant={applicant}': list('/projects?limit=200&applicant=li', project),
    'GET /projects/{id}': one('/projects', project),
    'GET /projects/{id}/questionnaire': one('/projects', project, '/questionnaire'),
    'GET /projects/{id}/timeline': one('/projects', project, '/timeline'),
    'GET /projects/{id}/forecast': one('/projects', project, '/forecast'),
    'GET /projects/{id}/conformance': one('/projects', project, '/conformance'),
    'GET /applications/{id}': one('/applications', application),
    'GET /applications/{id}/documents': { path: `/applications/${application}/documents`, shows: 'sha256' },
    'GET /applications/{id}/documents/{document}': { path: `/applications/${application}/documents/1` },
    'GET /applications/{id}/timeline': one('/applications', application, '/timeline'),
    'GET /applications/{id}/clock': one('/applications', application, '/clock'),
    'GET /worklist': list('/worklist?limit=200', application),
    'GET /search': list(`/search?q=${application}&kind=application`, application),
    'GET /requests': list('/requests?limit=200', of['request']),
    'GET /requests?applicant={applicant}': list('/requests?limit=200&applicant=li', of['request']),
    'GET /requests/{id}': one('/requests', of['request']),
    'GET /mandates': list('/mandates?limit=200', mandate),
    'GET /notices': { path: '/notices' },
    'GET /notices?to=department:{department}': { path: `/notices?to=department:${department}` },
    'GET /disputes': list('/disputes?limit=200', of['dispute']),
    'GET /disputes/{id}': one('/disputes', of['dispute']),
    'GET /sessions': list('/sessions?limit=200', of['session']),
    'GET /sessions/{id}': list(`/sessions/${of['session'] ?? ''}`, of['overdue']),
    'GET /bulletins': list('/bulletins?limit=200', of['bulletin']),
    'GET /bulletins/{id}': one('/bulletins', of['bulletin']),
    'GET /bulletins/{id}/diagnostics': one('/bulletins', of['bulletin'], '/diagnostics'),
    'GET /plans': list('/plans?limit=200', of['plan']),
    'GET /plans/{id}': one('/plans', of['plan']),
    'GET /pledges': list('/pledges?limit=200', of['pledge']),
    'GET /pledges/{id}': one('/pledges', of['pledge']),
    'GET /improvements': list('/improvements?limit=200', of['improvement']),
    'GET /improvements/{id}': one('/improvements', of['improvement']),
    'GET /improvements/{id}/effect': one('/improvements', of['improvement'], '/effect'),
    'GET /rosters/{department}': one('/rosters', department),
    'GET /roster/gaps': { path: '/roster/gaps?from=2026-12-22&to=2026-12-23' },
    'GET /reports/self-inspections': list('/reports/self-inspections?limit=200', department),
    'GET /audit': list(`/audit?stream=application-${application}`, application),
    'GET /events/{position}': { path: `/events/${of['position'] ?? ''}` },
    'GET /event-types': list('/event-types', '受理'),
    'GET /reports/overview': { path: '/reports/overview' },
    'GET /reports/workload': list('/reports/workload', department),
    'GET /reports/accountability': list(`/reports/accountability?project=${project}`, project),
    'GET /reports/compression': { path: '/reports/compression?from=2026-11-01&to=2026-12-22' },
    'GET /reports/matters': { path: '/reports/matters?from=2026-11-01&to=2026-12-22' },
    'GET /reports/co-handling': { path: '/reports/co-handling?from=2026-11-01&to=2026-12-22' },
    'GET /reports/conformance': { path: '/reports/conformance' },
    'GET /reports/stalled': { path: '/reports/stalled' },
    'GET /reports/key-projects': { path: '/reports/key-projects' },
    'GET /reports/campaigns': { path: '/reports/campaigns' },
    'GET /reports/back-entries': { path: '/reports/back-entries' },
    'GET /reports/signals': { path: '/reports/signals' },
    'POST /reports/what-if': { path: '/reports/what-if', body: { template: 'walk' } },
  };
};

/** Makes one thing of each kind; those that need a month before them first. */
export async function thingsToRead(world: World): Promise<Things> {
  const improvement = await campaign.trial(world);
  const overdue = await cases.accepted(world);
  await world.go();
  const department = OWN_DEPARTMENT;
  const application = await cases.withFile(world);
  await world.done('nr-window', `/applications/${application}/acceptance`);
  const project = application.slice(0, -LICENCE.length - 1);
  const [matter, abolished, template] = [
    await county.matter(world),
    await county.matter(world),
    await county.template(world),
  ];
  await world.done('demo-admin', `/matters/${matter}/revision`, {
    ...matterBody({ name: '核发许可（修订）' }),
    reason: '修订',
  });
  await world.done('demo-admin', `/matters/${abolished}/abolition`, county.ABOLITION);
  await world.done('campaign', `/matters/${abolished}/abolition-confirmation`, {});
  const revised = { ...templateBody(LICENCE), name: '修订流程', reason: '修订' };
  await world.done('demo-admin', `/templates/${template}/revision`, revised);
  await county.everyMatterHasItsPerson(world);
  const catalogue = world.id('catalogue');
  await world.done('demo-admin', '/catalogues', { id: catalogue, effectiveFrom: '2026-12-23' });
  const bulletin = '2026-12-01';
  await world.done('supervisor', `/bulletins/${bulletin}/publication`, campaign.BULLETIN);
  await world.done('nr-head', '/self-inspections', campaign.inspection(world));
  const account = world.id('account');
  await world.account({ id: account, role: 'applicant', password: county.PASSWORD });
  return {
    ...{ department, application, project, matter, abolished, template, catalogue, bulletin, improvement },
    ...{ account, password: county.PASSWORD, overdue },
    mandate: await county.mandate(world),
    organisation: await county.organisation(world),
    challenge: await county.challenge(world),
    dispute: await campaign.dispute(world),
    session: await campaign.session(world),
    plan: await campaign.plan(world),
    pledge: await campaign.pledge(world),
    request: await campaign.request(world),
    position: `${(await world.server.system.eventStore.lastPosition()) ?? ''}`,
  };
}
