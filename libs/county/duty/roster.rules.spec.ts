import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { gapsOf } from './roster-gaps.js';
import { type RosterEvent, type DelegationScope } from './roster.events.js';
import { delegationFor, type WindowDecision } from './roster.rules.js';
import {
  TODAY,
  spec,
  department,
  filled,
  granted,
  revoked,
  left,
  reserved,
  closed,
} from './testing/rosters.js';

describe('deciding at the window', () => {
  const decide = (history: readonly RosterEvent[], over: Partial<WindowDecision> = {}) => {
    const decision = { person: 'li', act: 'approval', matter: 'GC-02', day: TODAY, ...over } as const;
    try {
      return delegationFor(spec.given(...history).state, decision);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return [error.code, error.kind, error.params];
    }
  };
  const missing = (over: object = {}) => [
    'delegation.missing',
    'permission',
    {
      person: 'li',
      act: 'approval',
      actZh: '准予许可',
      actEn: 'Approve',
      matter: 'GC-02',
      day: TODAY,
      ...over,
    },
  ];

  test('needs a delegation that covers the act, the matter and the day', () => {
    expect(decide([filled()])).toEqual(missing());
    expect(decide([filled(), granted()])).toBe('sq-1');
    expect(decide([filled(), granted()], { day: '2026-12-31' })).toBe('sq-1');
    expect(decide([filled(), granted()], { day: '2027-01-01' })).toEqual(missing({ day: '2027-01-01' }));
    expect(decide([filled(), granted()], { person: 'wang' })).toEqual(missing({ person: 'wang' }));
    const of = (scope: DelegationScope) => [filled(), granted({ scope })];
    const acts = of({ full: false, acts: ['approval'], matters: null });
    expect(decide(acts)).toBe('sq-1');
    expect(decide(acts, { act: 'refusal' })).toEqual(
      missing({ act: 'refusal', actZh: '不予许可', actEn: 'Refuse' }),
    );
    const matters = of({ full: false, acts: null, matters: ['GC-02'] });
    expect(decide(matters)).toBe('sq-1');
    expect(decide(matters, { matter: 'LX-07' })).toEqual(missing({ matter: 'LX-07' }));
    expect(decide(matters, { matter: null })).toEqual(missing({ matter: '—' }));
  });

  test('is over with the stay at the window, and on the day it is taken back', () => {
    const day = '2026-12-02';
    expect(decide([filled(), granted(), left('2026-12-01')], { day })).toEqual(missing({ day }));
    expect(decide([filled(), granted(), revoked(day)], { day })).toEqual(missing({ day }));
    expect(decide([filled(), granted(), revoked(day)], { day: '2026-12-01' })).toBe('sq-1');
  });

  test('the window’s own decisions need none, until the department reserves them', () => {
    expect(decide([], { act: 'acceptance' })).toBeNull();
    const history = [filled(), reserved('2026-12-01', 'acceptance')];
    expect(decide(history, { act: 'acceptance' })).toBeNull();
    const day = '2026-12-01';
    expect(decide(history, { act: 'acceptance', day })).toEqual(
      missing({ act: 'acceptance', actZh: '受理', actEn: 'Accept', day }),
    );
    expect(decide(history, { act: 'closure', day })).toBeNull();
    expect(decide([...history, granted()], { act: 'acceptance', day })).toBe('sq-1');
  });
});

describe('gaps', () => {
  const gaps = (history: readonly RosterEvent[], span: { from: string; to: string }, leaves = '9999') =>
    gapsOf(department, spec.given(...history).state, span, {
      calendar: calendarOf({ knownUntil: '2027-12-31' }),
      inOffice: (_, day) => day < leaves,
    });
  const of = { department, window: '工程建设窗口', provisional: false };

  test('are working days of a window without full authorisation, with who is there', () => {
    const listed = granted({ delegation: 'sq-0', scope: { full: false, acts: ['approval'], matters: null } });
    const history = [
      filled(),
      listed,
      granted({ from: '2026-11-26', until: '2026-11-30' }),
      left('2026-12-02'),
    ];
    // The 28th and 29th are a weekend; before the 24th there was no window.
    expect(gaps(history, { from: '2026-11-20', to: '2026-12-07' })).toEqual([
      {
        ...of,
        from: '2026-11-24',
        to: '2026-11-25',
        workingDays: 2,
        cause: 'nobody-authorised',
        people: ['li'],
      },
      {
        ...of,
        from: '2026-12-01',
        to: '2026-12-02',
        workingDays: 2,
        cause: 'nobody-authorised',
        people: ['li'],
      },
      { ...of, from: '2026-12-03', to: '2026-12-07', workingDays: 3, cause: 'nobody-there', people: [] },
    ]);
  });

  test('end with the window, and open when its person holds no post any more', () => {
    expect(gaps([filled(), left('2026-12-31'), closed], { from: '2026-12-31', to: '2027-01-31' })).toEqual([
      {
        ...of,
        from: '2026-12-31',
        to: '2026-12-31',
        workingDays: 1,
        cause: 'nobody-authorised',
        people: ['li'],
      },
    ]);
    // The holidays of 2040 are not known yet.
    expect(gaps([filled()], { from: '2040-11-26', to: '2040-11-26' })).toMatchObject([{ provisional: true }]);
    expect(gaps([filled(), granted()], { from: TODAY, to: '2026-11-25' })).toEqual([]);
    expect(gaps([filled(), granted()], { from: TODAY, to: '2026-11-25' }, '2026-11-25')).toEqual([
      { ...of, from: '2026-11-25', to: '2026-11-25', workingDays: 1, cause: 'nobody-there', people: [] },
    ]);
  });
});
