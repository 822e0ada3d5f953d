import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { problemOf } from './allowed-lives.js';
import { County } from './county.js';

const DRY = { prefer: 'handling=dry-run' };
const reason = '按照规定办理';

/** A body for each act on the project, as a person would fill in the form. */
const BODIES: Readonly<Record<string, object>> = {
  NameApplicant: { applicant: 'another' },
  CorrectApplicant: { applicant: 'another', reason },
  DesignateKeyProject: { leader: 'demo-leader', reason },
  TagProject: { campaigns: ['land-and-factors'] },
  SubmitStage: { stage: '' },
  RequestPreReview: { matter: 'LX-06', question: reason },
  GivePreReview: { matter: 'LX-06', opinion: reason },
};

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('another', 'applicant');
  await county.project('yard');
});
afterAll(() => county.close());

test('22.3 a project says of its acts, for everybody, what posting them does', async () => {
  await county.server.caughtUp();
  for (const person of ['demo-applicant', 'demo-window', 'demo-head', 'demo-supervisor', 'demo-admin']) {
    const { body } = await county.server.get('/projects/yard', person);
    const stage = body['applications'][0].stage;
    expect(body['allowed'].map(({ act }: Body) => act).length).toBe(11);
    for (const { act, path, allowed, code, article, zh, en } of body['allowed']) {
      const sent = act === 'SubmitStage' ? { stage } : BODIES[act];
      if (sent === undefined) continue;
      const done = await county.server.post(path.replace('/api/v1', ''), person, sent, DRY);
      const said = allowed ? [200] : [done.status, { code, article, zh, en }];
      expect([act, person, done.status === 200 ? [200] : [done.status, problemOf(done.body)]]).toEqual([
        act,
        person,
        said,
      ]);
    }
  }
});
