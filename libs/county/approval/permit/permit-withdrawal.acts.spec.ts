import { describe, test } from '@jest/globals';
import { at, CASE, commands, head, ID, leader, opening, played, stranger, TERMS } from '../testing/cases.js';
import { ending, events, spec } from '../testing/permits.js';
import { type CancellationGround, type RevocationGround } from './permit.events.js';

describe('a permit is revoked (Art. 69) or cancelled (Art. 70)', () => {
  const revoked = (ground: RevocationGround, article: string, more: object) => ({
    type: 'PermitRevoked' as const,
    version: 1 as const,
    data: {
      ...{
        ...CASE,
        ground,
        article: `行政许可法 ${article}`,
        reason: '未经公示',
        remedies: '六十日内申请行政复议',
      },
      ...more,
    },
  });

  test('revoked on a ground of Art. 69, by the organ or its superior', () => {
    const grounds: readonly [RevocationGround, string][] = [
      ['abuse', 'Art. 69(1)'],
      ['ultra-vires', 'Art. 69(2)'],
      ['procedure', 'Art. 69(3)'],
      ['unqualified', 'Art. 69(4)'],
      ['other', 'Art. 69(5)'],
    ];
    for (const [ground, article] of grounds) {
      spec
        .given(...events())
        .when(commands.revoke({ ground, meta: { actor: leader } }))
        .then(revoked(ground, article, { compensation: '无损失' }));
    }
    spec
      .given(...events())
      .when(commands.revoke({ meta: { actor: { ...stranger, role: 'department-head' } } }))
      .refused('application.other-department');
  });

  const deception = { ground: 'deception', finding: '法院认定提供虚假证明' } as const;
  const { compensation: _, ...uncompensated } = commands.revoke();

  test('A25 compensation is asked for by para. 1 (Art. 69 para. 4), and for deception how it was found and no compensation (para. 2)', () => {
    spec
      .given(...events())
      .when({ ...uncompensated, ...deception })
      .then(revoked('deception', 'Art. 69 para. 2', { finding: deception.finding }));
    spec
      .given(...events())
      .when({ ...uncompensated, ground: 'deception' })
      .refused('application.deception-not-found', { application: ID }, '行政许可法 Art. 69 para. 2', 'input');
    spec
      .given(...events())
      .when(commands.revoke(deception))
      .refused(
        'application.no-compensation-for-deception',
        { application: ID },
        '行政许可法 Art. 69 para. 2',
        'input',
      );
    spec
      .given(...events())
      .when(uncompensated)
      .refused('application.compensation-owed', { application: ID }, '行政许可法 Art. 69 para. 4', 'input');
    spec
      .given(...events())
      .when(commands.revoke({ finding: '虚假证明' }))
      .refused(
        'application.finding-without-deception',
        { application: ID },
        '行政许可法 Art. 69 para. 4',
        'input',
      );
  });

  test('A25 whether the public is harmed must be said (Art. 69 para. 3)', () => {
    const { publicHarm: __, ...unasked } = commands.revoke();
    spec
      .given(...events())
      .when(unasked)
      .refused('application.public-harm-unsaid', { application: ID }, '行政许可法 Art. 69 para. 3', 'input');
  });

  test('A25 nothing is revoked where that may do great harm to the public interest (Art. 69 para. 3)', () => {
    for (const command of [commands.revoke(), { ...uncompensated, ...deception }]) {
      spec
        .given(...events())
        .when({ ...command, publicHarm: true })
        .refused(
          'application.revocation-harms-public',
          { application: ID },
          '行政许可法 Art. 69 para. 3',
          'state',
        );
    }
  });

  test('A25 a broken commitment may be revoked as conditions that are not met (Art. 69(4)), once its check has found it broken', () => {
    const way = [
      commands.submit(),
      commands.makeCommitment(),
      commands.accept(),
      commands.approve(),
      commands.deliver(),
    ];
    const revoke = commands.revoke({ ground: 'commitment-breach' });
    spec
      .given(...played(...way).events)
      .when(revoke)
      .refused('application.no-breach', { application: ID }, '行政许可法 Art. 69', 'state');
    spec
      .given(...played(...way, commands.checkCommitment({ kept: false, finding: '日照不足' })).events)
      .when(revoke)
      .then(revoked('commitment-breach', 'Art. 69(4)', { compensation: '无损失' }));
  });

  test('A12 death or incapacity ends only a permit that qualifies a natural person (Art. 70(2)), as the matter says', () => {
    const cancel = commands.cancel({ ground: 'incapacity', reason: '死亡' });
    spec
      .given(...events())
      .when(cancel)
      .refused(
        'application.no-personal-qualification',
        { application: ID },
        '行政许可法 Art. 70(2)',
        'state',
      );
    const terms = { ...TERMS, personalQualification: true } as const;
    const submit = commands.submit({ opening: opening({ terms }) });
    spec
      .given(...played(submit, commands.accept(), commands.approve(), commands.deliver()).events)
      .when(cancel)
      .then({
        type: 'PermitCancelled',
        version: 1,
        data: { ...CASE, ground: 'incapacity', article: '行政许可法 Art. 70(2)', reason: '死亡' },
      });
  });

  test('A12 what was revoked or recalled is cancelled on that ground only (Art. 70(4))', () => {
    for (const before of [commands.revoke(), commands.recall()]) {
      spec
        .given(...events(before))
        .when(commands.cancel({ ground: 'terminated' }))
        .refused('application.cancelled-as-withdrawn', { application: ID }, '行政许可法 Art. 70(4)', 'state');
    }
  });

  test('cancelled on a ground of Art. 70 that the record bears out', () => {
    const cancelled = (ground: CancellationGround, article: string) =>
      ({
        type: 'PermitCancelled',
        version: 1,
        data: { ...CASE, ground, article: `行政许可法 ${article}`, reason: '企业注销' },
      }) as const;
    spec
      .given(...events())
      .when(commands.cancel())
      .then(cancelled('terminated', 'Art. 70(3)'));
    spec
      .given(...events())
      .when(commands.cancel({ ground: 'withdrawn' }))
      .refused('application.permit-not-withdrawn', { application: ID }, '行政许可法 Art. 70(4)', 'state');
    for (const before of [commands.revoke(), commands.recall()]) {
      spec
        .given(...events(before))
        .when(commands.cancel({ ground: 'withdrawn' }))
        .then(cancelled('withdrawn', 'Art. 70(4)'));
    }
    spec
      .given(...events())
      .when(commands.cancel({ ground: 'expired' }))
      .refused(
        'application.permit-not-expired',
        { application: ID, validUntil: '—' },
        '行政许可法 Art. 70(1)',
        'state',
      );
    const expired = played(...ending('2027-11-24')).events;
    spec
      .given(...expired)
      .when(commands.cancel({ ground: 'expired', meta: at(head, '2027-11-24T15:59:59.999Z') }))
      .refused('application.permit-not-expired');
    spec
      .given(...expired)
      .when(commands.cancel({ ground: 'expired', meta: at(head, '2027-11-24T16:00:00.000Z') }))
      .then(cancelled('expired', 'Art. 70(1)'));
  });
});
