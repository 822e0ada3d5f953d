import { type CommandMeta } from '#libs/engine/event-sourcing';
import { actor, deciderSpec, playCommands } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { takingOver } from '../jurisdiction/succession.commands.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { applicant, commands, decider, ID, NOW, opening, played, window } from '../testing/cases.js';

const spec = deciderSpec(decider);

const windowOf = (department: string) => ({
  actor: actor(`${department}-window`, 'window', department, '窗口'),
});

/** The planning department decides, the townships receive for it (城乡规划法 Art. 41). */
const received = commands.submit({
  opening: opening({ receivedBy: ['xiaoshi', 'nandian'] }),
  meta: windowOf('xiaoshi'),
});

type Meta = Partial<CommandMeta>;
type Later = {
  readonly what: string;
  /** What goes before it, by the department that decides. */
  readonly before: (meta: Meta) => readonly BareApplicationCommand[];
  readonly handIn: (meta: Meta) => BareApplicationCommand;
  readonly event: string;
};

const returned = (meta: Meta) => [
  commands.accept({ meta }),
  commands.assign({ meta }),
  commands.returnToApplicant({ meta }),
];
const supplement = (meta: Meta) => commands.supplement({ meta });
const submitAgain = (meta: Meta) => commands.submit({ opening: null, meta });

/** Every later act of handing in. */
const LATER: readonly Later[] = [
  {
    what: 'what the one-time notice asks for',
    before: (meta) => [commands.requestSupplement({ meta })],
    handIn: supplement,
    event: 'SupplementSubmitted',
  },
  {
    what: 'the same as a submission',
    before: (meta) => [commands.requestSupplement({ meta })],
    handIn: submitAgain,
    event: 'SupplementSubmitted',
  },
  { what: 'what was returned', before: returned, handIn: supplement, event: 'ApplicationResubmitted' },
  {
    what: 'what was returned, as a submission',
    before: returned,
    handIn: submitAgain,
    event: 'ApplicationResubmitted',
  },
  {
    what: 'what was missing at acceptance',
    before: (meta) => [commands.acceptWithDeficiency({ meta })],
    handIn: (meta) => commands.fulfilDeficiency({ meta }),
    event: 'DeficiencyFulfilled',
  },
];

/** Types of the events that the last command brings about. */
function after(before: readonly BareApplicationCommand[], last: BareApplicationCommand): readonly string[] {
  const { length } = played(...before).events;
  return played(...before, last)
    .events.slice(length)
    .map(({ type }) => type);
}

describe.each(LATER)('D an office that receives for another hands in $what', ({ before, handIn, event }) => {
  test('D as the deciding department and the applicant do, and no other office does', () => {
    const given = [received, ...before(windowOf('natural-resources'))];
    for (const meta of [windowOf('xiaoshi'), windowOf('nandian'), { actor: window }, { actor: applicant }]) {
      expect(after(given, handIn(meta))).toEqual([event]);
    }
    spec
      .given(...played(...given).events)
      .when(handIn(windowOf('water')))
      .refused('application.other-department');
  });

  test.each(['natural-resources', 'water'])(
    'D also after a transfer to another desk, of %s',
    (department) => {
      const transfer = commands.transfer({ department, person: 'another', meta: { actor: window } });
      const given = [received, transfer, ...before(windowOf(department))];
      expect(after(given, handIn(windowOf('xiaoshi')))).toEqual([event]);
    },
  );

  test('D no more once a reform has made that its successor’s', () => {
    const since = { revision: '7', at: NOW, now: NOW };
    const { meta, ...command } = takingOver(
      { application: ID, from: 'xiaoshi', department: 'merged-town' },
      since,
    );
    const reform = { ...command, meta: { actor: meta.actor, occurredAt: NOW, now: NOW } };
    const reformed = [received, ...before(windowOf('natural-resources')), reform];
    const play = (...then: readonly BareApplicationCommand[]) =>
      playCommands(decider, [...reformed, ...then]);
    const { state, refusals } = play();
    expect(refusals).toEqual([]);
    expect(state).toMatchObject({ receivedBy: ['merged-town', 'nandian'], department: 'natural-resources' });
    expect(play(handIn(windowOf('xiaoshi'))).refusals.map(({ code }) => code)).toEqual([
      'application.other-department',
    ]);
    expect(play(handIn(windowOf('merged-town'))).refusals).toEqual([]);
  });
});
