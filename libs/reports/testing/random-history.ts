import { type Actor } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import {
  applicant,
  type BareApplicationCommand,
  head,
  History,
  leader,
  LICENCE,
  RECEIPT,
  reviewer,
  waterHead,
  waterReviewer,
  windowClerk,
} from './history.js';

const STAFF = [windowClerk, reviewer, head, waterReviewer, waterHead];
const REGIONS = ['210521', '210502', '210521100201'];

type Act = { readonly by: readonly Actor[]; readonly command: (id: string) => BareApplicationCommand };

/** Acts that end an application come seldom, or hardly any history would have a middle. */
const ENDING = ['RefuseAcceptance', 'WithdrawApplication', 'CloseApplication'];

/** Whatever may happen to an application after its submission. */
const ACTS: readonly Act[] = [
  {
    by: [windowClerk],
    command: (id) => ({ type: 'RequestSupplement', id, items: [{ material: '图纸', reason: '缺章' }] }),
  },
  { by: [applicant], command: (id) => ({ type: 'SubmitSupplement', id }) },
  { by: [windowClerk], command: (id) => ({ type: 'AcceptApplication', id }) },
  {
    by: [windowClerk],
    command: (id) => ({
      type: 'RefuseAcceptance',
      id,
      article: '行政许可法 Art. 32(1)',
      reason: '不需许可',
      remedies: '复议',
    }),
  },
  {
    by: [head, waterHead],
    command: (id) => ({ type: 'AssignReviewer', id, person: 'demo-reviewer', post: '审查岗' }),
  },
  { by: STAFF, command: (id) => ({ type: 'RecordStep', id, step: '现场踏勘', source: null }) },
  { by: STAFF, command: (id) => ({ type: 'RecordStep', id, step: '公示', source: 'row-1' }) },
  { by: [head, waterHead], command: (id) => ({ type: 'SendBackApplication', id, reason: '复核' }) },
  { by: STAFF, command: (id) => ({ type: 'ReturnApplication', id, reason: '图纸不一致' }) },
  { by: [head, waterHead], command: (id) => ({ type: 'ApproveApplication', id, missing: [] }) },
  {
    by: [head],
    command: (id) => ({
      type: 'RefuseApplication',
      id,
      article: 'Art. 40',
      reason: '不符合规划',
      remedies: '复议',
    }),
  },
  { by: [applicant], command: (id) => ({ type: 'WithdrawApplication', id }) },
  {
    by: STAFF,
    command: (id) => ({
      type: 'TransferApplication',
      id,
      department: 'water',
      reason: '河道',
      departmentKnown: true,
    }),
  },
  { by: [applicant], command: (id) => ({ type: 'EscalateApplication', id, reason: '久拖不决' }) },
  { by: [windowClerk], command: (id) => ({ type: 'DeliverDecision', id }) },
  {
    by: [windowClerk, waterHead],
    command: (id) => ({ type: 'CloseApplication', id, outcome: '备案', missing: [], granted: [] }),
  },
  {
    by: [reviewer],
    command: (id) => ({
      type: 'RequestConsultation',
      id,
      departments: ['water'],
      question: '是否占用河道',
      days: 2,
      unknown: [],
    }),
  },
  {
    by: [waterReviewer],
    command: (id) => ({ type: 'AnswerConsultation', id, agrees: true, opinion: '无意见' }),
  },
  { by: [head], command: (id) => ({ type: 'CloseConsultation', id }) },
  {
    by: [leader],
    command: (id) => ({
      type: 'GrantFastTrack',
      id,
      ground: 'emergency',
      reason: '抢险',
      promisePercent: 40,
    }),
  },
];

const anyAct = fc.oneof(
  ...ACTS.map((act) => ({
    weight: ENDING.includes(act.command('').type) ? 1 : 6,
    arbitrary: fc.constant(act),
  })),
);

/** Lawful histories of up to four projects with two matters each; time runs on by minutes to days between acts. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    projects: fc.array(fc.constantFrom(...REGIONS), { minLength: 1, maxLength: 4 }),
    acts: fc.array(
      fc.record({
        application: fc.nat(7),
        act: anyAct,
        minutes: fc.oneof(fc.nat(120), fc.nat(8_000)),
      }),
      { minLength: 30, maxLength: 160 },
    ),
  })
  .map(({ projects, acts }) => {
    const history = new History();
    let now = Date.parse('2026-03-02T01:00:00.000Z');
    const ids = projects.flatMap((region, index) => {
      now += 3_600_000;
      const at = new Date(now).toISOString();
      const project = `p${index}`;
      history.register(project, { at, region, matters: [LICENCE, RECEIPT] });
      const opened = [`${project}-GC-02`, `${project}-RC-01`];
      for (const id of opened)
        history.submit(id, at, id.endsWith('RC-01') ? '2026-03-20T03:04:05.678Z' : null);
      return opened;
    });
    for (const { application, act, minutes } of acts) {
      now += minutes * 60_000;
      const id = ids[application % ids.length];
      if (id === undefined) continue;
      for (const by of act.by) {
        if (history.try(act.command(id), by, new Date(now).toISOString())) break;
      }
    }
    return history;
  });
