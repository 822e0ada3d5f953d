import { describe, expect, test } from '@jest/globals';
import {
  type CommandMeta,
  type Decider,
  type DomainEvent,
  impossible,
  RuleViolation,
} from '#libs/engine/event-sourcing';
import { deciderSpec, foldEvents, playCommands } from './decider-spec.js';
import { recorded, recordedStream, testMeta } from './recorded.js';

type LampEvent =
  | DomainEvent<'LampLit', 1, { readonly by: string; readonly at: string }>
  | DomainEvent<'LampDimmed', 1, { readonly to: number }>;
class Light {
  declare readonly type: 'Light';
  declare readonly meta: CommandMeta;
  constructor(readonly steps: readonly number[] = []) {}
}
Object.defineProperty(Light.prototype, 'type', { value: 'Light' });
type LampCommand = Light | { readonly type: 'Break'; readonly meta: CommandMeta };
type Lamp = { readonly lit: number; readonly since: string | null };

const lamp: Decider<Lamp, LampCommand, LampEvent> = {
  initial: { lit: 0, since: null },
  decide(state, command) {
    switch (command.type) {
      case 'Light': {
        if (state.lit > 0 && command.steps.length === 0) return [];
        if (state.lit > 0) throw new RuleViolation('lamp-lit', { lit: state.lit }, 'state', '灯法 Art. 1');
        const { actor, now } = command.meta;
        const lit: LampEvent = { type: 'LampLit', version: 1, data: { by: actor.person, at: now } };
        return [
          lit,
          ...command.steps.map((to): LampEvent => ({ type: 'LampDimmed', version: 1, data: { to } })),
        ];
      }
      case 'Break':
        throw new TypeError('broken');
      default:
        return impossible(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'LampLit':
        return { lit: 1, since: event.metadata.occurredAt };
      case 'LampDimmed':
        return { ...state, lit: event.data.to };
      default:
        return impossible(event);
    }
  },
};

const lit: LampEvent = {
  type: 'LampLit',
  version: 1,
  data: { by: 'tester', at: '2026-11-24T02:00:00.000Z' },
};
const dimmed = (to: number): LampEvent => ({ type: 'LampDimmed', version: 1, data: { to } });
const { given } = deciderSpec(lamp);

describe('the three questions of a rule', () => {
  test('pass when they are answered right', () => {
    given().when(new Light()).then(lit);
    given()
      .when(new Light([3, 2]))
      .then(lit, dimmed(3), dimmed(2));
    given(lit)
      .when(new Light([3]))
      .refused('lamp-lit');
    given(lit)
      .when(new Light([3]))
      .refused('lamp-lit', { lit: 1 }, '灯法 Art. 1', 'state');
    given(lit).when(new Light()).nothing();
    given(lit, dimmed(0)).when(new Light()).then(lit);
    expect(given(lit, dimmed(7)).state).toEqual({ lit: 7, since: '2026-11-24T02:00:00.000Z' });
  });

  const outcome = () => given().when(new Light([3, 2]));
  test.each<[string, () => void]>([
    ['one event is left over', () => outcome().then(lit, dimmed(3))],
    ['one is missing', () => outcome().then(lit, dimmed(3), dimmed(2), dimmed(1))],
    ['the order is another', () => outcome().then(lit, dimmed(2), dimmed(3))],
    ['a field is another', () => outcome().then(lit, dimmed(3), dimmed(1))],
    ['the version is another', () => outcome().then({ ...lit, version: 2 } as never, dimmed(3), dimmed(2))],
    ['it was allowed', () => outcome().refused('lamp-lit')],
    ['there was something to do', () => outcome().nothing()],
    [
      'the code is another',
      () =>
        given(lit)
          .when(new Light([3]))
          .refused('lamp-broken'),
    ],
    [
      'the params are others',
      () =>
        given(lit)
          .when(new Light([3]))
          .refused('lamp-lit', { lit: 2 }),
    ],
    [
      'the article is another',
      () =>
        given(lit)
          .when(new Light([3]))
          .refused('lamp-lit', { lit: 1 }, null),
    ],
    [
      'the kind is another',
      () =>
        given(lit)
          .when(new Light([3]))
          .refused('lamp-lit', { lit: 1 }, '灯法 Art. 1', 'input'),
    ],
    ['it broke instead of refusing', () => given().when({ type: 'Break' }).refused('broken')],
    [
      'it was refused',
      () =>
        given(lit)
          .when(new Light([3]))
          .then(lit),
    ],
  ])('fail when %s', (_, check) => {
    expect(check).toThrow();
  });
});

test('meta can be given for all commands and for one', () => {
  const at = (time: string) => deciderSpec(lamp, { meta: { now: time } });
  const actor = { person: 'li', post: null, department: 'water', role: 'window' };
  at('2026-01-01T00:00:00.000Z')
    .given()
    .when(Object.assign(new Light(), { meta: { actor } }))
    .then({ type: 'LampLit', version: 1, data: { by: 'li', at: '2026-01-01T00:00:00.000Z' } });
  expect(testMeta({ now: '2026-01-01T00:00:00.000Z' }).occurredAt).toBe('2026-01-01T00:00:00.000Z');
});

test('recorded events keep the envelope they are given', () => {
  const event = recorded(lit, {
    stream: 'lamp-1',
    revision: 4n,
    metadata: { occurredAt: '2020-01-01T00:00:00.000Z' },
  });
  expect(event).toMatchObject({ ...lit, stream: 'lamp-1', revision: 4n, position: 4n });
  expect(event.metadata.recordedAt).toBe('2020-01-01T00:00:00.000Z');
  expect(foldEvents(lamp, [event])).toEqual({ lit: 1, since: '2020-01-01T00:00:00.000Z' });
  expect(recordedStream([lit, dimmed(2)]).map(({ revision, position }) => [revision, position])).toEqual([
    [0n, 0n],
    [1n, 1n],
  ]);
});

test('played commands note refusals and go on; anything else comes out', () => {
  const { state, events, refusals } = playCommands(lamp, [new Light([5]), new Light([1]), new Light()]);
  expect(state).toEqual({ lit: 5, since: '2026-11-24T02:00:00.000Z' });
  expect(events.map(({ type, revision, metadata }) => [type, revision, metadata.commandId])).toEqual([
    ['LampLit', 0n, 'command-1'],
    ['LampDimmed', 1n, 'command-1'],
  ]);
  expect(refusals.map(({ code }) => code)).toEqual(['lamp-lit']);
  expect(() => playCommands(lamp, [{ type: 'Break' }])).toThrow(TypeError);
});
