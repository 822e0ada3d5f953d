import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

/** One of each kind, and those whose limits the law sets apart; none waits for another. */
const MATTERS = ['LX-01', 'LX-03', 'LX-09', 'LX-17', 'SG-12', 'JG-03', 'JG-10', 'JG-11', 'LX-06', 'LX-07'];
/** Handled by others than the bureau of the demo accounts. */
const CLERKS: Readonly<Record<string, readonly [window: string, head: string]>> = {
  'LX-01': ['dr-window', 'dr-head'],
  'LX-03': ['dr-window', 'dr-head'],
  'LX-17': ['water-window', 'water-head'],
  'SG-12': ['met-window', 'met-head'],
  'JG-03': ['hc-window', 'hc-head'],
  'JG-10': ['hc-window', 'hc-head'],
};
const DEPARTMENTS = [
  ['dr', 'development-reform'],
  ['water', 'water'],
  ['met', 'meteorology'],
  ['hc', 'housing-construction'],
] as const;

let county: County;
beforeAll(async () => {
  county = await County.open();
  for (const [short, department] of DEPARTMENTS) {
    await county.account(`${short}-window`, 'window', department);
    await county.account(`${short}-head`, 'department-head', department);
  }
  await county.done('/templates', 'demo-admin', {
    id: 'kinds',
    name: '各类事项',
    nameEn: 'One of each kind',
    stages: [{ name: '各类事项', lead: null, matters: MATTERS.map((code) => ({ code, prerequisites: [] })) }],
  });
  for (const id of ['a', 'b', 'c', 'd', 'e']) await county.project(id, 'kinds');
  for (const matter of MATTERS) await county.handIn(`a-${matter}`);
});
afterAll(() => county.close());

const windowOf = (matter: string) => CLERKS[matter]?.[0] ?? 'demo-window';
const headOf = (matter: string) => CLERKS[matter]?.[1] ?? 'demo-head';
const application = (id: string) => `/applications/${id}`;

/** A refusal: status, code, article. */
async function refusal(path: string, as: string, body: object = {}): Promise<readonly unknown[]> {
  const { status, body: problem } = await county.server.post(path, as, body);
  return [status, problem['code'], problem['article']];
}

describe('what the kind of a matter decides', () => {
  /** Received on Tuesday 24 November 2026: five working days end on 1 December. */
  const FIVE_DAYS = '2026-12-01T16:00:00.000Z';
  const NOTICE = '行政许可法 Art. 32(4)';

  it('A2 A3 when the applicant is told, or the application counts as accepted', async () => {
    const found = await Promise.all(
      MATTERS.map(async (matter) => {
        const clock = await county.read(`${application(`a-${matter}`)}/clock`, 'demo-supervisor');
        const { next: nextStep } = await county.read(application(`a-${matter}`), 'demo-applicant');
        return [matter, clock['noticeDueAt'], nextStep.act, nextStep.article];
      }),
    );
    expect(found).toEqual([
      ['LX-01', null, 'file-or-notify', '企业投资项目核准和备案管理条例 Art. 3, 13'],
      ['LX-03', FIVE_DAYS, 'accept-or-notify', NOTICE],
      ['LX-09', FIVE_DAYS, 'accept-or-notify', NOTICE],
      ['LX-17', FIVE_DAYS, 'accept-or-notify', NOTICE],
      ['SG-12', FIVE_DAYS, 'accept-or-notify', NOTICE],
      ['JG-03', null, 'file-or-notify', '消防法 Art. 13'],
      ['JG-10', null, 'accept-or-notify', null],
      ['JG-11', '2026-11-24T16:00:00.000Z', 'accept-or-notify', '不动产登记暂行条例 Art. 17'],
      ['LX-06', FIVE_DAYS, 'accept-or-notify', NOTICE],
      ['LX-07', FIVE_DAYS, 'accept-or-notify', NOTICE],
    ]);
  });

  it('A2 how long a licence may take: twenty working days, unless its own law says otherwise', async () => {
    const terms = async (matter: string) => {
      await county.done(`${application(`a-${matter}`)}/acceptance`, windowOf(matter));
      const { due } = await county.read(application(`a-${matter}`), 'demo-supervisor');
      return [matter, due.statutory];
    };
    // Accepted on 24 November: twenty working days end on 22 December, ten on 8 December.
    expect(await Promise.all(['LX-03', 'LX-09', 'SG-12', 'JG-10'].map(terms))).toEqual([
      ['LX-03', '2026-12-22T16:00:00.000Z'],
      ['LX-09', '2026-12-22T16:00:00.000Z'],
      ['SG-12', '2026-12-08T16:00:00.000Z'],
      ['JG-10', null],
    ]);
  });

  it('A2 a licence never ends without a decision', async () => {
    const owed = [409, 'application.decision-owed', '行政许可法 Art. 42'];
    for (const [matter, act] of [
      ['LX-03', 'closure'],
      ['LX-17', 'closure'],
      ['LX-17', 'immediate-completion'],
    ] as const) {
      const path = `${application(`a-${matter}`)}/${act}`;
      expect(await refusal(path, windowOf(matter), { outcome: '已备案' })).toEqual(owed);
    }
    expect(
      await refusal(`${application('a-JG-10')}/extension`, headOf('JG-10'), { days: 15, reason: '延长' }),
    ).toEqual([409, 'application.no-term', '行政许可法 Art. 42']);
  });

  it('A11 a filing is filed, and neither granted nor refused', async () => {
    for (const [matter, article] of [
      ['LX-01', '企业投资项目核准和备案管理条例 Art. 3, 13'],
      ['JG-03', '消防法 Art. 13'],
    ] as const) {
      const path = application(`a-${matter}`);
      const never = [409, 'application.filing-not-decided', article];
      const no = { article: '行政许可法 Art. 38', reason: '不符合条件' };
      expect(await refusal(`${path}/refusal`, headOf(matter), no)).toEqual(never);
      expect(await refusal(`${path}/approval`, headOf(matter))).toEqual(never);
      expect(await refusal(`${path}/closure`, windowOf(matter), { outcome: '准予许可' })).toEqual([
        422,
        'application.outcome-of-a-licence',
        article,
      ]);
      await county.done(`${path}/closure`, windowOf(matter), { outcome: '已备案' });
      const { stage, outcome, next: nextStep } = await county.read(path, 'demo-applicant');
      expect({ stage, outcome, nextStep }).toEqual({ stage: 'closed', outcome: '已备案', nextStep: null });
    }
  });

  it('A11 what is not within the scope of filing is turned away by the law of the filing, and by no other', async () => {
    const path = application('b-LX-01');
    await county.handIn('b-LX-01');
    const outside = { ground: 'not-within-filing-scope', reason: '不属于备案范围' };
    const own = '企业投资项目核准和备案管理条例 Art. 3, 13';
    for (const body of [
      { ...outside, ground: 'no-licence-needed' },
      { ...outside, article: '行政许可法 Art. 32(1)' },
      { ...outside, article: '消防法 Art. 13' },
    ]) {
      expect(await refusal(`${path}/acceptance-refusal`, 'dr-window', body)).toEqual([
        422,
        'application.filing-not-turned-away',
        own,
      ]);
    }
    await county.done(`${path}/acceptance-refusal`, 'dr-window', outside);
    await county.server.caughtUp();
    const { items } = await county.read(
      '/audit?stream=application-b-LX-01&type=AcceptanceRefused',
      'demo-supervisor',
    );
    expect(items.map(({ data }: Body) => [data.article, data.reason, data.remedies])).toEqual([
      [
        own,
        '不属于备案范围',
        '可以自收到决定书之日起六十日内向本级人民政府申请行政复议（行政复议法第二十条、第二十四条），' +
          '或者自收到决定书之日起六个月内依法向人民法院提起行政诉讼（行政诉讼法第四十六条）。',
      ],
    ]);
  });

  it('A3 a registration that was not refused on the spot counts as accepted the next day', async () => {
    county.clock.to('2026-11-25T01:00:00.000Z');
    const late = await refusal(`${application('a-JG-11')}/supplement-request`, 'demo-window', {
      items: [{ material: '申请书', reason: '缺签名' }],
    });
    expect(late.slice(0, 2)).toEqual([409, 'application.wrong-stage']);
    const { items } = await county.read(
      '/audit?stream=application-a-JG-11&type=ApplicationDeemedAccepted',
      'demo-supervisor',
    );
    expect(items.map(({ data }: Body) => data)).toEqual([
      {
        application: 'a-JG-11',
        project: 'a',
        receiptNumber: expect.any(String),
        acceptedAt: '2026-11-24T02:00:00.000Z',
        article: '不动产登记暂行条例 Art. 17',
        due: {
          // Three and thirty working days after 24 November; 1 January is a day off.
          promised: '2026-11-27T16:00:00.000Z',
          statutory: '2027-01-06T16:00:00.000Z',
          yellow: '2026-11-26T16:00:00.000Z',
          provisional: true,
        },
      },
    ]);
  });
});

describe('acceptance', () => {
  it('A31 is refused without a key material, which is named with its article', async () => {
    await county.done(`${application('b-LX-07')}/submission`, 'demo-applicant');
    const { status, body } = await county.server.post(`${application('b-LX-07')}/acceptance`, 'demo-window');
    expect([status, body['code'], body['article'], body['params']]).toEqual([
      409,
      'application.key-materials-missing',
      '行政许可法 Art. 32(1)(5)',
      {
        application: 'b-LX-07',
        missing: '建设项目批准、核准、备案文件 (城乡规划法 Art. 37, 38)',
        missingZh: '建设项目批准、核准、备案文件（城乡规划法 Art. 37, 38）',
      },
    ]);
    expect(await county.timeline('b-LX-07')).toEqual(['ApplicationSubmitted']);
    await county.done(`${application('b-LX-07')}/supplement-request`, 'demo-window', {
      items: [{ material: '建设项目批准、核准、备案文件', reason: '未提交' }],
    });
    await county.done(`${application('b-LX-07')}/supplement`, 'demo-applicant', {
      materials: ['建设项目批准、核准、备案文件'],
    });
    await county.done(`${application('b-LX-07')}/acceptance`, 'demo-window');
  });
});

describe('a return after acceptance', () => {
  const returned = async (id: string, body: object) => {
    await county.handIn(`${id}-LX-06`);
    await county.done(`${application(`${id}-LX-06`)}/acceptance`, 'demo-window');
    await county.done(`${application(`${id}-LX-06`)}/assignment`, 'demo-head', { person: 'demo-reviewer' });
    await county.done(`${application(`${id}-LX-06`)}/return`, 'demo-reviewer', {
      reason: '图件不一致',
      ...body,
    });
    const { stage, holder, due } = await county.read(application(`${id}-LX-06`), 'demo-supervisor');
    const { items } = await county.read(`/projects/${id}/conformance`, 'demo-supervisor');
    return {
      stage,
      party: holder.party,
      due: due.statutory,
      deviations: items.map(({ code }: Body) => code),
    };
  };
  /** Accepted on 25 November. */
  const due = '2026-12-23T16:00:00.000Z';

  it('A29 on the law of the matter, in whatever form it is cited, is the applicant’s turn', async () => {
    expect(await returned('c', { article: '《城乡规划法》第三十六条' })).toEqual({
      stage: 'returned',
      party: 'applicant',
      due,
      deviations: [],
    });
  });

  it('A29 on no law, or on another, is a named deviation, and the time stays the department’s', async () => {
    for (const [id, body] of [
      ['d', {}],
      ['e', { article: '行政许可法 Art. 31' }],
    ] as const) {
      expect(await returned(id, body)).toEqual({
        stage: 'returned',
        party: 'department',
        due,
        deviations: ['returned-after-acceptance'],
      });
    }
    const { items } = await county.read('/projects/d/conformance', 'demo-supervisor');
    expect([items[0].zh, items[0].aspect]).toEqual([
      expect.stringContaining('受理后退回申请人，没有该事项法律依据，时限照常计算'),
      'step',
    ]);
  });
});

it('A28 where no law asks for opinions, each application of a stage is decided by itself', async () => {
  const stage = '立项用地规划许可';
  const materials = ['建设项目批准、核准、备案文件'];
  await county.project('plain', 'enterprise-filing');
  const sent = await county.done('/projects/plain/stage-submission', 'demo-applicant', { stage, materials });
  const applications = sent.body['applications'].map((one: Body) => one['application']);
  const { items } = await county.read('/projects/plain/timeline', 'demo-applicant');
  expect(items.map(({ type, application }: Body) => [type, application])).toEqual([
    ['ProjectRegistered', null],
    ['StageSubmitted', null],
    ...applications.map((id: string) => ['ApplicationSubmitted', id]),
  ]);
  const audit = await county.read('/audit?type=StageSubmitted', 'demo-supervisor');
  expect(audit['items'][0].data.joinedBy).toBeNull();
  await county.done('/applications/plain-LX-07/acceptance', 'demo-window');
  await county.review('plain-LX-07');
  await county.done('/applications/plain-LX-07/refusal', 'demo-head', {
    article: '城乡规划法 Art. 38',
    reason: '不符合规划',
  });
});
