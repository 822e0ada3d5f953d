import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationEvent, type StoppedClock } from '#libs/county/approval';
import { type Actor } from '#libs/engine/event-sourcing';
import { type OpenedApplication } from '#libs/county/project';
import fc from 'fast-check';
import { type ConformanceDocument } from './conformance.tally.js';
import { projects } from './project.projection.js';
import { type ProjectDocument, type RecordedDeviation } from './project.document.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import { applicant, head, History, waterHead, windowClerk } from '../testing/history.js';

const at = (hours: number) =>
  new Date(Date.parse('2026-03-02T01:00:00.000Z') + hours * 3_600_000).toISOString();
const NOBODY = { ended: null, holder: null };
const NO_TERM = { statutory: null, promised: null, basis: null, verified: true };
const NO_DUE = { promised: null, statutory: null, yellow: null, provisional: false };

type Matter = Pick<OpenedApplication, 'matter' | 'stage' | 'department' | 'prerequisites'>;
const idOf = (matter: string) => `p1-${matter}`;
const matter = (code: string, stage: string, ...prerequisites: string[]): Matter => ({
  matter: code,
  stage,
  department: 'natural-resources',
  prerequisites: prerequisites.map(idOf),
});

/** A project's log in the making; each act happens an hour after the one before. */
class Log {
  readonly history = new History();
  private hours = 0;

  constructor(matters: readonly Matter[], source: string | null = null) {
    const applications = matters.map((one) => ({
      ...one,
      application: idOf(one.matter),
      matterName: `${one.matter} 事项`,
    }));
    this.history.record(
      'project-p1',
      {
        type: 'ProjectRegistered',
        version: 2,
        data: {
          ...{ project: 'p1', name: 'p1 冷库', template: 'small', templateVersion: 1, region: '210521' },
          ...{ nationalCode: null, applicant: applicant.person, investment: null, source, applications },
        },
      },
      { actor: applicant, occurredAt: at(0) },
    );
  }

  submit(code: string): void {
    this.act('ApplicationSubmitted', code, applicant, {
      ...{ projectName: 'p1 冷库', region: '210521', matter: code, matterName: code, matterVersion: 1 },
      ...{ department: 'natural-resources', applicant: applicant.person, channel: null, materials: [] },
      ...{ terms: NO_TERM, prerequisites: [], promisedEnd: null, due: NO_DUE, custody: NOBODY },
    });
  }

  grant(code: string, by: Actor = head, clock: Partial<StoppedClock> = {}): void {
    const stop = { stoppedAt: at(this.hours + 1), latePromised: null, lateStatutory: null, ...clock };
    this.act('ApplicationApproved', code, by, { permit: null, opinion: null, clock: stop, custody: NOBODY });
  }

  close(code: string, by: Actor = windowClerk): void {
    const clock = { stoppedAt: at(this.hours + 1), latePromised: false, lateStatutory: null };
    this.act('ApplicationClosed', code, by, { outcome: '已备案', clock, custody: NOBODY });
  }

  transfer(code: string, from: string, department: string): void {
    const to = { department, post: null, person: null };
    this.act('ApplicationTransferred', code, head, { from, to, reason: '河道', custody: NOBODY });
  }

  act(type: ApplicationEvent['type'], code: string, actor: Actor, data: object): void {
    const event = { type, version: 1, data: { application: idOf(code), project: 'p1', ...data } };
    this.hours += 1;
    this.history.record(`application-${idOf(code)}`, event as ApplicationEvent, {
      actor,
      occurredAt: at(this.hours),
    });
  }

  get folded() {
    return foldAll(projects, this.history.events);
  }

  get deviations(): readonly RecordedDeviation[] {
    return documentsOf<ProjectDocument>(this.folded, 'projects')[0]?.deviations ?? [];
  }

  evidence(...positions: readonly number[]) {
    return positions.map((position) => {
      const event = this.history.events[position];
      if (!event) throw new Error(`no event at ${position}`);
      const { id, type, metadata } = event;
      return { event: id, position: `${position}`, type, occurredAt: metadata.occurredAt };
    });
  }
}

const two = [matter('LX-06', '立项'), matter('GC-02', '工程', 'LX-06')];

describe('a case is compared with its process', () => {
  test('handed in before a prerequisite of an earlier stage was granted, and done before it', () => {
    const log = new Log(two);
    log.submit('LX-06');
    log.submit('GC-02');
    log.close('GC-02');
    log.grant('LX-06');
    const own = { application: 'p1-GC-02', matter: 'GC-02', department: 'natural-resources' };
    expect(log.deviations).toEqual([
      { code: 'submitted-before-prerequisite', ...own, missing: ['p1-LX-06'], evidence: log.evidence(2) },
      { code: 'granted-before-prerequisite', ...own, missing: ['p1-LX-06'], evidence: log.evidence(3) },
    ]);
  });

  test('matters of one stage may be submitted at the same time, and a revoked permit does not count', () => {
    const log = new Log([matter('LX-06', '立项'), matter('LX-07', '立项', 'LX-06')]);
    log.submit('LX-07');
    log.submit('LX-06');
    log.grant('LX-06');
    expect(log.deviations).toEqual([]);
    log.act('PermitRevoked', 'LX-06', head, { custody: NOBODY });
    log.grant('LX-07');
    expect(log.deviations.map(({ code }) => code)).toEqual(['granted-before-prerequisite']);
  });

  test('decided by another department, unless a ruling made the case its own, or by a person without the office', () => {
    const moved = (ruled: boolean) => {
      const log = new Log([matter('LX-06', '立项')]);
      log.submit('LX-06');
      log.transfer('LX-06', 'natural-resources', 'water');
      if (ruled) log.act('JurisdictionAssigned', 'LX-06', head, { department: 'water', custody: NOBODY });
      log.grant('LX-06', waterHead);
      return log;
    };
    const log = moved(false);
    expect(log.deviations).toEqual([
      {
        code: 'decided-by-other-department',
        ...{ application: 'p1-LX-06', matter: 'LX-06', department: 'water', missing: [] },
        evidence: log.evidence(2, 3),
      },
    ]);
    expect(moved(true).deviations).toEqual([]);
    const back = new Log([matter('LX-06', '立项')]);
    back.submit('LX-06');
    back.transfer('LX-06', 'natural-resources', 'water');
    back.transfer('LX-06', 'water', 'natural-resources');
    back.grant('LX-06', { ...head, role: 'reviewer' });
    expect(back.deviations.map(({ code }) => code)).toEqual(['decided-without-office']);
  });

  test('a reform takes the power to decide with it, from the department itself and from one that it had passed the case to', () => {
    const reform = { from: 'natural-resources', department: 'water', custody: NOBODY };
    const own = new Log([matter('LX-06', '立项')]);
    own.submit('LX-06');
    own.act('ApplicationTakenOver', 'LX-06', head, reform);
    own.grant('LX-06', waterHead);
    expect(own.deviations).toEqual([]);
    const moved = new Log([matter('LX-06', '立项')]);
    moved.submit('LX-06');
    moved.transfer('LX-06', 'natural-resources', 'water');
    moved.act('ApplicationTakenOver', 'LX-06', head, reform);
    moved.grant('LX-06', waterHead);
    expect(moved.deviations).toEqual([]);
    const other = new Log([matter('LX-06', '立项')]);
    other.submit('LX-06');
    other.transfer('LX-06', 'natural-resources', 'water');
    other.act('ApplicationTakenOver', 'LX-06', head, { ...reform, from: 'forestry' });
    other.grant('LX-06', waterHead);
    expect(other.deviations.map(({ code }) => code)).toEqual(['decided-by-other-department']);
  });

  test('ended after its terms; of an imported log the terms count and the offices do not', () => {
    const late = { latePromised: true, lateStatutory: true };
    for (const source of [null, 'receipt']) {
      const log = new Log([matter('LX-06', '立项')], source);
      log.submit('LX-06');
      log.grant('LX-06', source === null ? head : { ...waterHead, role: 'reviewer' }, late);
      expect(log.deviations.map(({ code }) => code)).toEqual(['promise-overrun', 'statutory-overrun']);
      expect(documentsOf<ConformanceDocument>(log.folded, 'conformance').map(({ counts }) => counts)).toEqual(
        Array(4).fill({
          ...{ 'promise-overrun': 1, 'statutory-overrun': 1, projects: 1 },
          ...{ 'promise-overrun|natural-resources': 1, 'statutory-overrun|natural-resources': 1 },
        }),
      );
    }
  });
});

/** Up to eight matters in three stages, each waiting for some of those before it, and an order to play them in. */
const processes = fc
  .array(fc.record({ stage: fc.nat(2), before: fc.array(fc.nat(10), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((nodes) =>
    [...nodes]
      .sort((a, b) => a.stage - b.stage)
      .map(({ stage, before }, index) =>
        matter(
          `M-${index}`,
          `阶段${stage}`,
          ...new Set(before.slice(0, index).map((one) => `M-${one % index}`)),
        ),
      ),
  );

describe('on random histories', () => {
  test('one that follows its process shows no deviation, whatever runs side by side', () => {
    fc.assert(
      fc.property(processes, fc.array(fc.nat(), { minLength: 16, maxLength: 16 }), (matters, choices) => {
        const log = new Log(matters);
        const [submitted, granted] = [new Set<string>(), new Set<string>()];
        for (const choice of choices) {
          const mayBegin = matters.filter(
            ({ matter: code, stage, prerequisites }) =>
              !submitted.has(code) &&
              prerequisites.every(
                (id) => granted.has(id) || matters.find((one) => idOf(one.matter) === id)?.stage === stage,
              ),
          );
          const mayEnd = matters.filter(
            ({ matter: code, prerequisites }) =>
              submitted.has(code) && !granted.has(idOf(code)) && prerequisites.every((id) => granted.has(id)),
          );
          const acts = [
            ...mayBegin.map(({ matter: code }) => () => {
              submitted.add(code);
              log.submit(code);
            }),
            ...mayEnd.map(({ matter: code }) => () => {
              granted.add(idOf(code));
              if (choice % 3 === 0) log.close(code);
              else log.grant(code, head, { latePromised: false, lateStatutory: false });
            }),
          ];
          acts[choice % Math.max(1, acts.length)]?.();
        }
        expect(submitted.size).toBe(matters.length);
        expect(log.deviations).toEqual([]);
        expect(documentsOf(log.folded, 'conformance')).toEqual([]);
      }),
    );
  });

  test('whatever the order, exactly what came out of turn is named', () => {
    const orders = processes.chain((matters) =>
      fc.tuple(
        fc.constant(matters),
        fc.shuffledSubarray([...matters.keys(), ...matters.keys()], { minLength: matters.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(orders, ([matters, order]) => {
        const log = new Log(matters);
        const times = new Map<number, number[]>();
        order.forEach((index, time) => times.set(index, [...(times.get(index) ?? []), time]));
        for (const [time, index] of order.entries()) {
          const code = `M-${index}`;
          if (times.get(index)?.[0] === time) log.submit(code);
          else log.grant(code);
        }
        const outOfTurn = matters.flatMap(({ matter: code, stage, prerequisites }, index) => {
          const [begun = 0, ended = 0] = times.get(index) ?? [];
          const grantedAt = prerequisites.map((id) => {
            const place = matters.findIndex((one) => idOf(one.matter) === id);
            return { isEarlierStage: matters[place]?.stage !== stage, end: times.get(place)?.[1] ?? 0 };
          });
          return [
            ...(grantedAt.some(({ isEarlierStage, end }) => isEarlierStage && end > begun)
              ? [`${code} submitted-before-prerequisite`]
              : []),
            ...(grantedAt.some(({ end }) => end > ended) ? [`${code} granted-before-prerequisite`] : []),
          ];
        });
        expect(log.deviations.map(({ matter: code, code: what }) => `${code} ${what}`).sort()).toEqual(
          outOfTurn.sort(),
        );
      }),
    );
  });
});
