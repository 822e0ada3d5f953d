import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
});
afterAll(() => county.close());

const UNTIL_LATER = { approval: { validUntil: '2028-02-29' } };
const UNTIL = { approval: { validUntil: '2027-02-26' } };

/** A project whose LX-06 is granted, until 26 February 2027 if nothing else is said; LX-07, which waits for it, is accepted and reviewed. */
async function waiting(id: string, way: object = UNTIL): Promise<void> {
  await county.project(id, 'chain');
  await county.delivered(`${id}-LX-06`, way);
  await county.handIn(`${id}-LX-07`);
  await county.done(`/applications/${id}-LX-07/acceptance`, 'demo-window');
  await county.review(`${id}-LX-07`);
}

const approve = (id: string) => county.refused(`/applications/${id}-LX-07/approval`, 'demo-head');
const blockedBy = async (id: string) =>
  (await county.read(`/projects/${id}/forecast`, 'demo-leader'))['blockedBy'];

describe('A1 a prerequisite is granted while what was granted is in force', () => {
  test('A1 a permit past its last day does not count as a prerequisite, and one that was granted anew does', async () => {
    for (const id of ['mill', 'weir', 'lock']) await waiting(id);
    const applied = { validUntil: '2027-12-31', reason: '工期延长' };
    await county.done('/applications/weir-LX-06/permit-renewal-application', 'demo-applicant', applied);
    county.clock.to('2027-02-26T15:59:00.000Z');
    await county.done('/applications/lock-LX-07/approval', 'demo-head');
    county.clock.to('2027-02-26T16:01:00.000Z');
    const { status, body } = await county.server.post('/applications/mill-LX-07/approval', 'demo-head', {});
    expect([status, body['code'], body['messages']]).toEqual([
      409,
      'application.prerequisites-not-in-force',
      {
        zh: '前置审批事项的许可已经失效（期限届满、撤销或者注销）：建设项目用地预审与选址意见书核发（mill-LX-06）',
        en: 'What was granted for these prerequisites is not in force any more: LX-06 (mill-LX-06)',
      },
    ]);
    expect(await blockedBy('mill')).toEqual(['mill-LX-06']);
    // All that waited for it has its own permit.
    expect(await blockedBy('lock')).toEqual([]);
    // Its renewal was applied for in time and waits for a decision: it goes on (行政许可法 Art. 50).
    expect(await blockedBy('weir')).toEqual([]);
    expect(await approve('weir')).toBe('202 taken');
    await county.delivered('mill-LX-06-2', UNTIL_LATER);
    expect(await blockedBy('mill')).toEqual([]);
    expect(await approve('mill')).toBe('202 taken');
  });

  test('A1 what was revoked, recalled or cancelled does not count as a prerequisite', async () => {
    const ends: Record<string, Body> = {
      revocation: { ground: 'procedure', reason: '未经公示', publicHarm: false, compensation: '无损失' },
      recall: { ground: 'facts-changed', reason: '客观情况变化', compensation: '依法补偿' },
      cancellation: { ground: 'terminated', reason: '企业终止' },
    };
    for (const [act, body] of Object.entries(ends)) {
      const id = `${act}-site`;
      await waiting(id, {});
      await county.done(`/applications/${id}-LX-06/permit-${act}`, 'demo-head', body);
      expect(await approve(id)).toBe('409 application.prerequisites-not-in-force');
    }
  });
});
