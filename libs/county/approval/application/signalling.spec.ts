import { commandDigest, type CommandMeta, eventIdOf, Upcasters } from '#libs/engine/event-sourcing';
import { deciderSpec, factsOf, recorded, withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type FlagIdleHolder } from '../signals/signals.commands.js';
import { type SignalEvent } from '../signals/signals.events.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  at,
  byReviewer,
  calendar,
  CASE,
  commands,
  decider,
  head,
  NOW,
  played,
  reviewer,
  stranger,
  window,
} from '../testing/cases.js';
import { type ApplicationCommand } from './application.commands.js';
import { type FireTimer } from './timers.js';
import { applicationDecider } from './application.decider.js';
import { APPROVAL_UPCASTERS } from './application.upcasters.js';
import { cycleOf } from './trail.js';

const SIGNAL = { ...CASE, department: 'natural-resources' };

/** What a command comes to after a history, its acts left out. */
function signalsOf(history: readonly BareApplicationCommand[], bare: BareApplicationCommand) {
  const { events, state } = played(...history);
  const command = withMeta<ApplicationCommand | FireTimer>(bare, {
    commandId: `command-${history.length + 1}`,
  });
  const [act, ...signals] = decider.decide(state, command, factsOf(command));
  return {
    act: act?.type,
    signals,
    own: eventIdOf(command.meta, commandDigest(command), 0),
    events,
  };
}

const underReview = [commands.submit(), commands.accept(), commands.assign()];

describe('a notice', () => {
  test('that asks for what the catalogue does not name is flagged, naming what and which event', () => {
    const request = commands.requestSupplement({
      items: [
        { material: '总平面图', reason: '缺少签章' },
        { material: '法人户口簿', reason: '核对身份' },
      ],
      knownMaterials: ['总平面图', '申请表'],
    });
    const { signals, own } = signalsOf([commands.submit()], request);
    expect(signals).toStrictEqual([
      {
        type: 'NonCatalogueMaterialFlagged',
        version: 1,
        data: { ...SIGNAL, evidence: [own], article: '行政许可法 Art. 31', materials: ['法人户口簿'] },
      },
    ]);
  });

  test('is not flagged where the catalogue names it, in whatever spacing, or has no list at all', () => {
    const known = commands.requestSupplement({ knownMaterials: ['总 平面图'] });
    expect(signalsOf([commands.submit()], known).signals).toEqual([]);
    const none = commands.requestSupplement({ knownMaterials: [] });
    expect(signalsOf([commands.submit()], none).signals).toEqual([]);
  });

  test('that repeats another is flagged with all of them', () => {
    const once = [commands.submit(), commands.requestSupplement(), commands.supplement()];
    const { signals, own, events } = signalsOf(once, commands.requestSupplement());
    expect(signals).toStrictEqual([
      {
        type: 'RepeatedSupplementFlagged',
        version: 2,
        data: { ...SIGNAL, evidence: [events[1]?.id, own], article: '行政许可法 Art. 72(4)', round: 2 },
      },
    ]);
  });
});

describe('a return', () => {
  test('without an article is flagged, with one it is not', () => {
    const bare = commands.returnToApplicant({ restsOnOwnLaw: false });
    delete (bare as { article?: string }).article;
    const { signals, own } = signalsOf(underReview, bare);
    expect(signals).toStrictEqual([
      {
        type: 'ReturnWithoutArticleFlagged',
        version: 1,
        data: { ...SIGNAL, evidence: [own], article: null, round: 1 },
      },
    ]);
    expect(signalsOf(underReview, commands.returnToApplicant()).signals).toEqual([]);
  });

  test('for a reason that was given before is flagged with both events', () => {
    const history = [...underReview, commands.returnToApplicant(), commands.supplement()];
    const again = commands.returnToApplicant({ reason: '图纸，不一致。' });
    const { signals, own, events } = signalsOf(history, again);
    const before = events.find(({ type }) => type === 'ApplicationReturned');
    expect(signals).toStrictEqual([
      {
        type: 'SameReasonFlagged',
        version: 1,
        data: {
          ...SIGNAL,
          evidence: [before?.id, own],
          article: '行政许可法 Art. 72(4)',
          reason: '图纸，不一致。',
          round: 2,
        },
      },
    ]);
    expect(signalsOf(history, commands.returnToApplicant({ reason: '日照不足' })).signals).toEqual([]);
  });
});

describe('buck-passing', () => {
  const there = commands.transfer({ openedBy: 'opened' });
  const back = commands.transfer({
    department: 'natural-resources',
    openedBy: 'opened',
    meta: { actor: stranger },
  });

  test('is seen when a case goes A, B, A, B, with the four events that gave it to each', () => {
    const { signals, own, events } = signalsOf([commands.submit(), commands.accept(), there, back], there);
    expect(signals).toStrictEqual([
      {
        type: 'BuckPassingDetected',
        version: 1,
        data: {
          ...SIGNAL,
          evidence: ['opened', events[2]?.id, events[3]?.id, own],
          article: null,
          departments: ['natural-resources', 'water'],
        },
      },
    ]);
  });

  test('is raised once a cycle: the next needs as many transfers again', () => {
    const history = [
      commands.submit(),
      commands.accept(),
      there,
      back,
      there,
      back,
      there,
      back,
      there,
      back,
    ];
    const types = played(...history).events.map(({ type }) => type);
    const seen = types.flatMap((type, index) => (type === 'BuckPassingDetected' ? [index] : []));
    // After the third transfer, and again after the sixth; the eighth is only the second of a new one.
    expect(seen).toEqual([5, 9]);
  });

  test('is nothing that happens between three departments, or inside one', () => {
    const move = (from: string, to: string) => ({ event: `${from}${to}`, from, to });
    const moves = (...pairs: readonly string[]) => pairs.map((pair) => move(pair.charAt(0), pair.charAt(1)));
    expect(cycleOf({ moves: moves('ab', 'ba'), cycles: 0 }, move('a', 'b'), 'o')).toEqual([
      'o',
      'ab',
      'ba',
      'ab',
    ]);
    expect(cycleOf({ moves: moves('ab', 'bc'), cycles: 0 }, move('c', 'a'), 'o')).toBeNull();
    expect(cycleOf({ moves: moves('ab', 'bc'), cycles: 0 }, move('c', 'b'), 'o')).toBeNull();
    expect(cycleOf({ moves: moves('ab', 'ba'), cycles: 1 }, move('a', 'b'), 'o')).toBeNull();
    expect(cycleOf({ moves: moves('ab'), cycles: 0 }, move('b', 'a'), 'o')).toBeNull();
    expect(cycleOf({ moves: moves('ab', 'ba'), cycles: 0 }, move('a', 'b'), null)).toBeNull();
  });
});

test('an approval that is said to have happened before its prerequisite was granted is flagged', () => {
  const approve = (occurredAt: string) =>
    commands.approve({
      granted: [{ application: 'p1-LX-07', matter: 'LX-07', grantedAt: '2026-11-24T03:00:00.000Z' }],
      meta: { actor: head, occurredAt, now: '2026-11-24T09:00:00.000Z' },
    });
  const { signals, own } = signalsOf(underReview, approve('2026-11-24T02:30:00.000Z'));
  expect(signals).toStrictEqual([
    {
      type: 'ApprovalBeforePrerequisiteFlagged',
      version: 1,
      data: {
        ...SIGNAL,
        evidence: [own],
        article: '行政许可法 Art. 69(3)',
        prerequisites: [{ application: 'p1-LX-07', matter: 'LX-07', grantedAt: '2026-11-24T03:00:00.000Z' }],
      },
    },
  ]);
  expect(signalsOf(underReview, approve('2026-11-24T03:00:00.000Z')).signals).toEqual([]);
});

describe('a back-entry', () => {
  const typedIn = (now: string, more: Partial<CommandMeta> = {}) =>
    commands.step({ meta: { actor: reviewer, occurredAt: NOW, now, ...more } });

  test('is flagged from the fifth working day on', () => {
    expect(signalsOf(underReview, typedIn('2026-11-30T10:00:00.000Z')).signals).toEqual([]);
    const { signals, own } = signalsOf(underReview, typedIn('2026-12-01T01:00:00.000Z'));
    expect(signals).toStrictEqual([
      {
        type: 'BackEntryFlagged',
        version: 1,
        data: {
          ...SIGNAL,
          evidence: [own],
          article: null,
          act: 'StepRecorded',
          occurredAt: NOW,
          recordedAt: '2026-12-01T01:00:00.000Z',
          workingDays: 5,
        },
      },
    ]);
  });

  test('is not raised for an imported log', () => {
    const imported = typedIn('2027-03-01T01:00:00.000Z', { correlationId: 'import/receipt' });
    expect(signalsOf(underReview, imported).signals).toEqual([]);
  });
});

describe('an idle holder', () => {
  const spec = deciderSpec(applicationDecider({ calendar }));
  const watch = { person: 'system', post: null, department: null, role: 'system' };
  const flag = (now: string, since = NOW): Omit<FlagIdleHolder, 'meta'> & { meta: Partial<CommandMeta> } => ({
    type: 'FlagIdleHolder',
    id: CASE.application,
    lastEvent: 'last',
    since,
    idleWorkingDays: 10,
    meta: at(watch, now),
  });
  const flagged: SignalEvent = {
    type: 'IdleHolderFlagged',
    version: 1,
    data: { ...SIGNAL, evidence: ['last'], article: null, holder: byReviewer, since: NOW, workingDays: 10 },
  };

  test('is flagged with the last thing that was done', () => {
    const { events } = played(...underReview);
    spec
      .given(...events)
      .when(flag('2026-12-08T01:00:00.000Z'))
      .then(flagged);
  });

  test('is flagged after an act that left the case where it was, as an extension does', () => {
    const { events } = played(...underReview, commands.extend());
    const extendedAt = '2026-11-25T02:00:00.000Z';
    spec
      .given(...events)
      .when(flag('2026-12-09T01:00:00.000Z', extendedAt))
      .then({ ...flagged, data: { ...flagged.data, since: extendedAt } });
  });

  test('is not raised too early, when something was done in the meantime, or when it is the applicant’s turn', () => {
    const { events } = played(...underReview);
    spec
      .given(...events)
      .when(flag('2026-12-07T10:00:00.000Z'))
      .nothing();
    spec
      .given(...events)
      .when(flag('2026-12-08T01:00:00.000Z', '2026-11-23T02:00:00.000Z'))
      .nothing();
    const returned = played(...underReview, commands.returnToApplicant()).events;
    spec
      .given(...returned)
      .when(flag('2026-12-08T01:00:00.000Z'))
      .nothing();
    spec.given().when(flag('2026-12-08T01:00:00.000Z')).nothing();
  });
});

test('signals move nothing: the state is the same but for what they were raised from', () => {
  const { state } = played(...underReview);
  const flag: SignalEvent = {
    type: 'ReturnWithoutArticleFlagged',
    version: 1,
    data: { ...SIGNAL, evidence: [], article: null, round: 1 },
  };
  expect(decider.evolve(state, recorded(flag) as never)).toBe(state);
});

test('a flag of version 1 is read with the department that acted and the notice it was raised with', () => {
  const old = recorded(
    { type: 'RepeatedSupplementFlagged', version: 1, data: { ...CASE, round: 2, article: 'Art. 72(4)' } },
    { metadata: { actor: window } },
  );
  const { commandId, commandDigest: digest, recordedAt } = old.metadata;
  expect(new Upcasters(APPROVAL_UPCASTERS).upcast(old)).toStrictEqual({
    ...old,
    version: 2,
    data: {
      ...CASE,
      round: 2,
      article: 'Art. 72(4)',
      department: 'natural-resources',
      evidence: [eventIdOf({ commandId, now: recordedAt }, digest, 0)],
    },
  });
});
