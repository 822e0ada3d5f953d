import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { RateService } from '#libs/county/approval/http';
import { calendarFrom } from '#libs/law/calendar';
import { groupedBy, type Receipt, RuleViolation } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { STALL_CAUSES } from '#libs/reports';
import fc from 'fast-check';
import { FIRST_DAY, LAST_DAY } from './county-plan.js';
import { simulateCounty, type SimulationOptions } from './simulate-county.js';

const calendar = calendarFrom();

/** The commands of a county in the order in which they were given. */
async function commandsOf(projects: number, seed: number, options: Partial<SimulationOptions> = {}) {
  const commands: HttpCommand[] = [];
  const execute = (command: HttpCommand): Promise<Receipt> => {
    commands.push(command);
    return Promise.resolve({ stream: command.id, revision: 0n, position: 0n, replayed: false });
  };
  return { report: await simulateCounty({ execute, calendar }, { projects, seed, ...options }), commands };
}

describe('a simulated county', () => {
  test('is the same for the same seed, and another for another', async () => {
    const first = await commandsOf(40, 7);
    const again = await commandsOf(40, 7);
    const other = await commandsOf(40, 8);
    expect(again).toEqual(first);
    expect(other.commands.map(({ meta }) => meta.occurredAt)).not.toEqual(
      first.commands.map(({ meta }) => meta.occurredAt),
    );
    expect(first.report.commands).toBe(first.commands.length);
  });

  test('has 21 key projects; 12 have stalled, each for a cause of its own, whatever the size and the seed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 21, max: 90 }),
        fc.integer({ min: 0, max: 1e9 }),
        async (projects, seed) => {
          const { report, commands } = await commandsOf(projects, seed);
          const { keyProjects, stalled } = report.truth;
          const designated = commands
            .filter(({ type }) => type === 'DesignateKeyProject')
            .map(({ id }) => id);
          expect([...designated].sort()).toEqual(keyProjects);
          expect(new Set(keyProjects).size).toBe(21);
          const causes = stalled.map(({ cause }) => cause);
          expect(new Set(causes).size).toBe(12);
          expect(causes.filter((cause) => !Object.hasOwn(STALL_CAUSES, cause))).toEqual([]);
          expect(new Set(stalled.map(({ project }) => project)).size).toBe(12);
          expect(stalled.filter(({ project }) => !keyProjects.includes(project))).toEqual([]);
          const times = commands.map(({ meta }) => meta.now).sort();
          expect((times[0] ?? '') >= FIRST_DAY && (times.at(-1) ?? '') <= LAST_DAY).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('plays each project in the order of its times, with ids that make a repetition harmless', async () => {
    const { commands } = await commandsOf(30, 1);
    const ids = commands.map(({ meta }) => meta.commandId);
    expect(new Set(ids).size).toBe(ids.length);
    const byProject = new Map<string, string[]>();
    for (const { meta } of commands) {
      const project = meta.commandId.split('/')[1] ?? '';
      byProject.set(project, [...(byProject.get(project) ?? []), meta.occurredAt]);
    }
    expect(byProject.size).toBe(30);
    for (const times of byProject.values()) expect(times).toEqual([...times].sort());
  });

  test('has a log in the order of time, day by day, however many projects are under way', async () => {
    const { commands } = await commandsOf(600, 3);
    const days = commands.map(({ meta }) => meta.occurredAt.slice(0, 10));
    expect(days).toEqual([...days].sort());
  });

  test('has applicants who rate the delivery before, by its revision, from one star to five', async () => {
    const acts = new Map<string, string[]>();
    const rated: (readonly [act: string | undefined, stars: number])[] = [];
    const execute = (command: HttpCommand): Promise<Receipt> => {
      const before = acts.get(command.id) ?? [];
      acts.set(command.id, [...before, command.type]);
      if (command instanceof RateService) rated.push([before[command.revision], command.stars]);
      return Promise.resolve({
        stream: command.id,
        revision: BigInt(before.length),
        position: 0n,
        replayed: false,
      });
    };
    await simulateCounty({ execute, calendar }, { projects: 120, seed: 2 });
    expect(new Set(rated.map(([act]) => act))).toEqual(new Set(['DeliverDecision']));
    expect([...new Set(rated.map(([, stars]) => stars))].sort()).toEqual([1, 2, 3, 4, 5]);
    const delivered = [...acts.values()].flat().filter((type) => type === 'DeliverDecision').length;
    expect(rated.length / delivered).toBeGreaterThan(0.15);
    expect(rated.length / delivered).toBeLessThan(0.45);
  });

  test('that is under way has nothing on the day it is played up to, and goes on from there', async () => {
    const played = (until: string) => commandsOf(60, 4, { underWay: { planned: '2026-12-01', until } });
    const first = await played('2026-12-01');
    const later = await played('2026-12-15');
    const byProject = ({ commands }: typeof first) =>
      groupedBy(commands, ({ meta }) => meta.commandId.split('/')[1] ?? '');
    const times = first.commands.flatMap(({ meta }) => [meta.occurredAt, meta.now]);
    // In China the first of December begins at four in the afternoon of the day before in UTC.
    expect(times.filter((at) => at >= '2026-11-30T16:00:00.000Z')).toEqual([]);
    const since = later.commands.filter(({ meta }) => meta.occurredAt >= '2026-11-30T16:00:00.000Z');
    expect(since.length).toBeGreaterThan(0);
    const laterOnes = byProject(later);
    for (const [project, commands] of byProject(first))
      expect(laterOnes.get(project)?.slice(0, commands.length)).toEqual(commands);
    expect(first.report.truth.stalled).toHaveLength(12);
    expect(later.report.truth).toEqual(first.report.truth);
    const submitted = first.commands.filter(({ type }) => type === 'SubmitApplication');
    expect(first.report.applications).toBe(new Set(submitted.map(({ id }) => id)).size);
  });

  test('that is under way leaves alone a project in which people have acted', async () => {
    const given: string[] = [];
    const told: string[] = [];
    const execute = (command: HttpCommand): Promise<Receipt> => {
      const project = command.meta.commandId.split('/')[1] ?? '';
      given.push(project);
      if (project === 'county-4-000007' && given.filter((one) => one === project).length === 3)
        return Promise.reject(new RuleViolation('application.not-open', {}, 'state'));
      return Promise.resolve({ stream: command.id, revision: 0n, position: 0n, replayed: false });
    };
    const onRefused = (command: HttpCommand, refusal: Error) =>
      void told.push(`${command.type}: ${refusal.message}`);
    const underWay = { planned: '2026-12-01' };
    const report = await simulateCounty(
      { execute, calendar },
      { projects: 60, seed: 4, underWay, onRefused },
    );
    expect(given.filter((project) => project === 'county-4-000007')).toHaveLength(3);
    expect(told).toEqual([expect.stringMatching(/^\w+: .*application\.not-open/)]);
    expect(report.commands).toBe(given.length - 1);
    expect(new Set(given).size).toBe(60);
  });

  test('has people under the names that are given', async () => {
    const named = new Map([
      ['natural-resources-head', 'demo-head'],
      ['company-1', 'demo-applicant'],
    ]);
    const plain = await commandsOf(40, 7);
    const other = await commandsOf(40, 7, { named });
    const renamed = (text: string) =>
      text
        .replaceAll('"natural-resources-head"', '"demo-head"')
        .replaceAll('"company-1"', '"demo-applicant"');
    expect(JSON.stringify(other.commands)).toBe(renamed(JSON.stringify(plain.commands)));
    expect(JSON.stringify(other.commands)).not.toBe(JSON.stringify(plain.commands));
  });

  test('stops on request, and at an act that is refused', async () => {
    const refuse = () => Promise.reject(new RuleViolation('project.exists', {}, 'state'));
    await expect(simulateCounty({ execute: refuse, calendar }, { projects: 21, seed: 1 })).rejects.toThrow(
      'project.exists',
    );
    const signal = AbortSignal.abort();
    await expect(
      simulateCounty({ execute: refuse, calendar }, { projects: 21, seed: 1, signal }),
    ).rejects.toThrow('aborted');
    await expect(simulateCounty({ execute: refuse, calendar }, { projects: 20, seed: 1 })).rejects.toThrow(
      'a county has 21 key projects at least, not 20 projects',
    );
  });
});
