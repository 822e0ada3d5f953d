import { describe, test } from '@jest/globals';
import { at, byHead, CASE, commands, desk, head, ID, NOW, played } from '../testing/cases.js';
import { spec, ending, events, refused } from '../testing/permits.js';

describe('a permit that is valid for a time', () => {
  test('is issued with its approval', () => {
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(commands.approve({ validUntil: '2027-11-24' }))
      .then(
        {
          type: 'ApplicationApproved',
          version: 1,
          data: {
            ...CASE,
            permit: '建字第1号',
            opinion: null,
            clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
            custody: { ended: { by: byHead, from: NOW, to: NOW }, holder: desk },
          },
        },
        {
          type: 'PermitIssued',
          version: 1,
          data: { ...CASE, permit: '建字第1号', validUntil: '2027-11-24' },
        },
      );
    for (const [day, code] of [
      ['2027-02-30', 'application.not-a-day'],
      ['2026-11-24', 'application.day-not-ahead'],
    ] as const) {
      spec
        .given(...played(commands.submit(), commands.accept()).events)
        .when(commands.approve({ validUntil: day }))
        .refused(code, { application: ID, day }, null, 'input');
    }
  });

  test('is renewed before it ends, and for longer (Art. 50)', () => {
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew())
      .then({
        type: 'PermitRenewed',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: '2027-11-24', reason: '工期延长' },
      });
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew({ validUntil: '2027-11-24' }))
      .refused(
        'application.renewal-not-longer',
        { application: ID, validUntil: '2027-11-24', day: '2027-11-24' },
        null,
        'input',
      );
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew({ meta: at(head, '2027-11-25T02:00:00.000Z') }))
      .refused(
        'application.permit-expired',
        { application: ID, validUntil: '2027-11-24' },
        '行政许可法 Art. 50',
        'state',
      );
    spec
      .given(...events())
      .when(commands.renew())
      .then({
        type: 'PermitRenewed',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: null, reason: '工期延长' },
      });
  });
});

describe('after the end', () => {
  test('amended (Art. 49): what it was stays on record', () => {
    spec
      .given(...events())
      .when(commands.amend({ permit: '建字第1号（变）' }))
      .then({
        type: 'PermitAmended',
        version: 1,
        data: { ...CASE, change: '建设单位变更为某某公司', reason: '企业更名', permit: '建字第1号（变）' },
      });
  });

  test('recalled, lawful as it was, against compensation (Art. 8)', () => {
    spec
      .given(...events())
      .when(commands.recall())
      .then({
        type: 'PermitRecalled',
        version: 1,
        data: {
          ...CASE,
          ground: 'facts-changed',
          article: '行政许可法 Art. 8',
          reason: '规划道路改线',
          compensation: '按评估价补偿',
        },
      });
  });

  test('nothing of this where nothing was granted', () => {
    for (const command of [
      commands.amend(),
      commands.renew(),
      commands.recall(),
      commands.revoke(),
      commands.cancel(),
    ]) {
      spec
        .given(...refused())
        .when(command)
        .refused('application.no-permit', { application: ID }, null, 'state');
    }
  });
});
