import { FORESTRY, LICENCE, MATERIALS, OWN_APPLICANT, OWN_DEPARTMENT, TODAY, type World } from './world.js';

// Applications of the scene's applicant at the scene's department, each new, in every state that an act needs.

/** A project with nothing handed in. */
export async function project(world: World, applicant = OWN_APPLICANT): Promise<string> {
  const id = world.id('p');
  await world.done(applicant, '/projects', { id, name: '冷库', template: 'walk' });
  return id;
}

/** A project that took up a matter, which it may strike again. */
export async function withAddedMatter(world: World): Promise<string> {
  const id = await project(world);
  await world.done(OWN_APPLICANT, `/projects/${id}/matter-addition`, { matter: 'SG-17', reason: '跨越公路' });
  return id;
}

/** A project whose answers ask for another matter. */
export async function answered(world: World): Promise<string> {
  const id = await project(world);
  const answers = [{ question: 'highway', answer: 'yes' }];
  await world.done(OWN_APPLICANT, `/projects/${id}/questionnaire`, { answers });
  return id;
}

export async function unsubmitted(world: World, matter = LICENCE): Promise<string> {
  return `${await project(world)}-${matter}`;
}

const act = (world: World, as: string, id: string, path: string, body: object = {}) =>
  world.done(as, `/applications/${id}/${path}`, body);

export async function submitted(world: World, matter = LICENCE, materials = MATERIALS.slice()) {
  const id = await unsubmitted(world, matter);
  await act(world, OWN_APPLICANT, id, 'submission', { materials });
  return id;
}

/** With one file, document 1. */
export async function withFile(world: World): Promise<string> {
  const id = await submitted(world);
  const sent = { body: { material: MATERIALS[0] }, isFile: true };
  const { status } = await world.send(OWN_APPLICANT, 'POST', `/applications/${id}/documents`, sent);
  if (status !== 201) throw new Error(`${id}: ${status}`);
  return id;
}

export const handedInWithout = (world: World) => submitted(world, LICENCE, [MATERIALS[0]]);

export async function accepted(world: World, matter = LICENCE): Promise<string> {
  const id = await submitted(world, matter);
  await act(world, 'nr-window', id, 'acceptance');
  return id;
}

/** Examined by the assigned reviewer, and ready for the decision. */
export async function examined(world: World): Promise<string> {
  const id = await accepted(world);
  await act(world, 'nr-head', id, 'assignment', { person: 'nr-reviewer' });
  await act(world, 'nr-reviewer', id, 'steps', { step: '现场查看', note: '与图纸相符' });
  return id;
}

export async function decided(world: World): Promise<string> {
  const id = await examined(world);
  await act(world, 'nr-head', id, 'approval', { opinion: '符合规划', permit: `许可-${id}` });
  return id;
}

/** A permit that ends. */
export async function ending(world: World): Promise<string> {
  const id = await examined(world);
  await act(world, 'nr-head', id, 'approval', { permit: `许可-${id}`, validUntil: '2028-12-31' });
  await act(world, 'nr-window', id, 'delivery', { method: '当面' });
  return id;
}

export async function renewalApplied(world: World): Promise<string> {
  const id = await ending(world);
  const body = { validUntil: '2029-12-31', reason: '工期延长' };
  await act(world, OWN_APPLICANT, id, 'permit-renewal-application', body);
  return id;
}

export async function delivered(world: World): Promise<string> {
  const id = await decided(world);
  await act(world, 'nr-window', id, 'delivery', { method: '当面' });
  return id;
}

export async function worksBegun(world: World): Promise<string> {
  const id = await delivered(world);
  await act(world, OWN_APPLICANT, id, 'permit-use', { on: TODAY });
  return id;
}

export async function worksStopped(world: World): Promise<string> {
  const id = await worksBegun(world);
  await act(world, OWN_APPLICANT, id, 'works-stop', { on: TODAY, reason: '冬季停工' });
  return id;
}

export async function supplementAsked(world: World): Promise<string> {
  const id = await submitted(world);
  const items = [{ material: MATERIALS[1], reason: '照片模糊' }];
  await act(world, 'nr-window', id, 'supplement-request', { items });
  return id;
}

export async function suspended(world: World): Promise<string> {
  const id = await examined(world);
  await act(world, 'nr-reviewer', id, 'suspension', { cause: 'hearing', notice: '告知书一号', days: 5 });
  return id;
}

export async function escalated(world: World): Promise<string> {
  const id = await accepted(world);
  await act(world, 'nr-head', id, 'escalation', { reason: '需要协调' });
  return id;
}

export async function deficient(world: World): Promise<string> {
  const id = await handedInWithout(world);
  await act(world, 'nr-window', id, 'deficient-acceptance', { missing: [MATERIALS[1]], days: 5 });
  return id;
}

export async function committed(world: World): Promise<string> {
  const id = await handedInWithout(world);
  const statement = '承诺符合条件';
  await act(world, OWN_APPLICANT, id, 'commitment', { materials: [MATERIALS[1]], statement });
  return id;
}

export async function committedAndAccepted(world: World): Promise<string> {
  const id = await committed(world);
  await act(world, 'nr-window', id, 'acceptance');
  return id;
}

/** Another department is asked for its opinion. */
export async function consulting(world: World): Promise<string> {
  const id = await accepted(world);
  await act(world, 'nr-head', id, 'consultation', QUESTION('forestry'));
  return id;
}

/** An application of another department, which asks the scene's one for its opinion. */
export async function askedOfOwn(world: World): Promise<string> {
  const id = await submitted(world, FORESTRY);
  await act(world, 'fo-window', id, 'acceptance');
  await act(world, 'fo-head', id, 'consultation', QUESTION(OWN_DEPARTMENT));
  return id;
}

const QUESTION = (department: string) => ({ departments: [department], question: '是否同意', days: 3 });

/** Its acceptance, the second event, has a text that may be corrected. */
export async function noted(world: World): Promise<string> {
  const id = await submitted(world);
  await act(world, 'nr-window', id, 'acceptance', { note: '材料起全' });
  return id;
}

export async function withIssue(world: World): Promise<string> {
  const id = await accepted(world);
  await act(world, OWN_APPLICANT, id, 'issues', { problem: '道路红线未定' });
  return id;
}

export async function withOption(world: World): Promise<string> {
  const id = await withIssue(world);
  await act(world, 'nr-reviewer', id, 'issue-options', { issue: 1, proposal: '先行办理' });
  return id;
}
