import { type CommandMeta } from '#libs/engine/event-sourcing';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, test } from '@jest/globals';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  actor,
  byHead,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  NOW,
  opening,
  played,
  TERMS,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

/** The post of the demo head, held by another person. */
const deputy = { ...head, person: 'demo-deputy' };

const self = { meta: { actor: head } };

const opened = [commands.submit(), commands.accept()];

const approve = (meta: Partial<CommandMeta> = { actor: head }) =>
  commands.approve({ needsReview: true, meta });

const refuse = (meta: Partial<CommandMeta> = { actor: head }) => commands.refuse({ needsReview: true, meta });

const approved = {
  type: 'ApplicationApproved',
  version: 1,
  data: {
    ...CASE,
    permit: '建字第1号',
    opinion: null,
    clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
    custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: desk },
  },
} as const;

describe('who took part in the review', () => {
  const barred = (person: string, given: readonly BareApplicationCommand[], meta: Partial<CommandMeta>) => {
    for (const command of [approve(meta), refuse(meta)]) {
      spec
        .given(...played(...given).events)
        .when(command)
        .refused('application.reviewer-decides', { application: ID, person }, null, 'permission');
    }
  };

  test('D6 does not decide, though the review was given to another since', () => {
    const toHead = commands.assign({ person: 'demo-head', post: '局长' });
    barred('demo-head', [...opened, toHead, commands.step(self), commands.assign()], { actor: head });
    barred(
      'demo-head',
      [...opened, toHead, commands.returnToApplicant(self), commands.submit(), commands.assign()],
      {
        actor: head,
      },
    );
    barred(
      'demo-head',
      [...opened, toHead, commands.suspend(self), commands.resume(self), commands.assign()],
      {
        actor: head,
      },
    );
  });

  test('D6 does not decide, though the review was never given to them', () => {
    barred('demo-head', [...opened, commands.step(self)], { actor: head });
    barred('demo-head', [...opened, commands.assign(), commands.step(), commands.step(self)], {
      actor: head,
    });
    const late = { ...head, person: 'demo-head' };
    barred(
      'demo-head',
      [
        ...opened,
        commands.assign(),
        commands.backEntry({ meta: { actor: late, occurredAt: '2026-11-20T02:00:00.000Z' } }),
      ],
      { actor: head },
    );
  });

  test('D6 is not who was given it and did nothing, acted as the head only, or recorded a step before acceptance', () => {
    const toHead = commands.assign({ person: 'demo-head', post: '局长' });
    for (const given of [
      [...opened, toHead, commands.assign()],
      [...opened, commands.assign(), commands.suspend(self), commands.resume(self)],
      [commands.submit(), commands.step(self), commands.accept(), commands.assign()],
    ]) {
      spec
        .given(...played(...given).events)
        .when(approve())
        .then(approved);
    }
  });

  test('D6 decides where special handling has joined the two, and another head decides in any case', () => {
    const given = [...opened, commands.assign(), commands.step(self), commands.step()];
    spec
      .given(...played(...given).events)
      .when(approve({ actor: deputy }))
      .then(approved);
    spec
      .given(...played(...given, commands.specialHandling()).events)
      .when(approve())
      .then(approved);
  });
});

describe('a decision without a review', () => {
  // The time at the desk belongs to the person who ends it.
  const byDesk = { ...approved.data, custody: { ended: { by: byHead, from: NOW, to: NOW }, holder: desk } };

  test('D6 is refused where the matter provides for one', () => {
    for (const command of [approve(), refuse()]) {
      spec
        .given(...played(...opened).events)
        .when(command)
        .refused('application.review-missing', { application: ID }, '行政许可法 Art. 34', 'state');
    }
  });

  test('D6 is refused where only another department has reviewed it', () => {
    const given = [...opened, commands.assign(), commands.step(), commands.transfer()];
    const waterHead = { ...actor('water-head', 'department-head'), department: 'water', post: '局长' };
    spec
      .given(...played(...given).events)
      .when(approve({ actor: waterHead }))
      .refused('application.review-missing', { application: ID }, '行政许可法 Art. 34', 'state');
  });

  test('D6 is taken where nothing provides for one, on the spot, under special handling, and from an imported log', () => {
    const taken = (given: readonly BareApplicationCommand[], command: BareApplicationCommand) =>
      spec.given(...played(...given).events).when(command);
    taken(opened, commands.approve({ needsReview: false })).then({ ...approved, data: byDesk });
    taken(opened, approve({ actor: head, correlationId: 'import/receipt' })).then({
      ...approved,
      data: byDesk,
    });
    taken([...opened, commands.specialHandling()], approve()).then({ ...approved, data: byDesk });
    const immediate = opening({
      terms: { ...TERMS, promised: { days: 0, unit: 'working-day', start: 'acceptance' } },
    });
    taken([commands.submit({ opening: immediate }), commands.accept()], approve()).then({
      ...approved,
      data: byDesk,
    });
  });

  test('D6 an imported log decided under its own rules', () => {
    const given = [...opened, commands.step(self)];
    spec
      .given(...played(...given).events)
      .when(approve({ actor: head, correlationId: 'import/receipt' }))
      .then({ ...approved, data: byDesk });
  });
});
