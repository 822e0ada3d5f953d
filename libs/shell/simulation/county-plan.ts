import {
  addWorkingDays,
  dayOfNumber,
  numberOfDay,
  startOfDay,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { STALL_CAUSES, type StallCause } from '#libs/reports';
import { type PlannedTemplate } from './county-catalogue.js';
import { OfficeClock } from './office-clock.js';
import { type Named, People } from './people.js';
import { Random } from './random.js';

/** 21 key projects, 12 of which do not move on: as many as the county had (正在履行审批流程的21个重点项目). */
export const KEY_PROJECTS = 21;
const STALLED_PROJECTS = 12;

/**
 * First and last day of the simulated time of a county that is over. It is in the past, in years whose holidays are known: what has stalled at its end
 * is stalled at any later time.
 */
export const FIRST_DAY = '2024-01-02';
export const LAST_DAY = '2025-06-30';

/** Days of a county that is still under way, from its first day to the day it is planned for: as many as from `FIRST_DAY` to `LAST_DAY`. */
const DAYS_UNDER_WAY = 545;
/** Working days after the day it is planned for in which its applicants still begin something. */
const GOING_ON = 60;

/** Registrations begin at the first day and spread over this part of the time. */
const REGISTERING = 0.8;
/** Key projects are registered early, so that the planted applications have come to a standstill in good time. */
const KEY_REGISTERING = 0.4;
/** Working days before the end after which no application begins, longer than an ordinary application lasts. */
const LONGEST_CASE = 90;
/** Working days that a planted application has stood still at the end, at least. */
const LONGEST_IDLE = 40;

export interface PlannedProject {
  readonly index: number;
  readonly id: string;
  /** Legal day of registration. */
  readonly day: string;
  readonly key: boolean;
  readonly stall: StallCause | null;
}

export interface CountyOptions {
  readonly projects: number;
  readonly seed: number;
  /** Plants a batch of back-entries. Default false: what is typed in late is so singly, and by day. */
  readonly backEntries?: boolean;
  /**
   * A county that is still under way: it is planned for the legal day `planned`, and what happens before the legal day `until`, by
   * default the same, is played. Left out, everything is played that happens from `FIRST_DAY` to `LAST_DAY`.
   */
  readonly underWay?: { readonly planned: string; readonly until?: string };
  /** Who is in the county under another name. Default: nobody. */
  readonly named?: Named;
}

/** When a county begins and ends, by legal days and instants. */
interface CountySpan {
  readonly first: string;
  readonly last: string;
  /** Part of the time over which registrations spread. */
  readonly registering: number;
  /** After it no ordinary application begins, and no planted application moves any more. */
  readonly lastStart: string;
  readonly lastPlanted: string;
  /** Nothing is played that happens at this instant or later; null where everything is. */
  readonly until: string | null;
}

function spanOf({ underWay }: CountyOptions, calendar: WorkingCalendar): CountySpan {
  const planned = underWay?.planned ?? LAST_DAY;
  const lastPlanted = startOfDay(workingDaysBefore(calendar, planned, LONGEST_IDLE));
  if (underWay === undefined) {
    const lastStart = startOfDay(workingDaysBefore(calendar, planned, LONGEST_CASE));
    return { first: FIRST_DAY, last: planned, registering: REGISTERING, lastStart, lastPlanted, until: null };
  }
  return {
    ...{
      first: dayOfNumber(numberOfDay(planned) - DAYS_UNDER_WAY),
      last: planned,
      registering: 1,
      lastPlanted,
    },
    lastStart: startOfDay(addWorkingDays(calendar, planned, GOING_ON)),
    until: startOfDay(underWay.until ?? planned),
  };
}

/** The county before anything happens: which projects there will be, which are key projects, which stand still and why. */
export class CountyPlan {
  readonly seed: number;
  readonly projects: number;
  readonly span: CountySpan;
  readonly people: People;
  private readonly keys: ReadonlyMap<number, StallCause | null>;
  private readonly office: OfficeClock;

  /** @throws RangeError when there is not room for the key projects. */
  constructor(
    options: CountyOptions,
    readonly calendar: WorkingCalendar,
    readonly templates: ReadonlyMap<string, PlannedTemplate>,
  ) {
    const { projects, seed, named } = options;
    if (projects < KEY_PROJECTS) {
      throw new RangeError(`a county has ${KEY_PROJECTS} key projects at least, not ${projects} projects`);
    }
    this.seed = seed;
    this.projects = projects;
    this.span = spanOf(options, calendar);
    this.people = new People(named);
    const random = new Random(`${seed}/key projects`);
    this.office = new OfficeClock(calendar, random);
    this.keys = keyProjects(projects, random);
  }

  /** The projects in order of registration. */
  *all(): Generator<PlannedProject, void> {
    const { first, last, registering } = this.span;
    const days = numberOfDay(last) - numberOfDay(first);
    // A small county has its key projects everywhere in its list: then all of it is registered early.
    const part = this.projects * KEY_REGISTERING < KEY_PROJECTS ? KEY_REGISTERING : registering;
    for (let index = 0; index < this.projects; index++) {
      const day = numberOfDay(first) + Math.floor((index / this.projects) * days * part);
      const stall = this.keys.get(index);
      yield {
        index,
        id: this.idOf(index),
        day: this.office.workingDay(dayOfNumber(day)),
        key: stall !== undefined,
        stall: stall ?? null,
      };
    }
  }

  /** Ids of the key projects, in order. */
  get keyProjects(): readonly string[] {
    return [...this.keys.keys()].sort((a, b) => a - b).map((index) => this.idOf(index));
  }

  private idOf(index: number): string {
    return `county-${this.seed}-${`${index + 1}`.padStart(6, '0')}`;
  }
}

function keyProjects(projects: number, random: Random): ReadonlyMap<number, StallCause | null> {
  const early = Math.max(KEY_PROJECTS, Math.floor(projects * KEY_REGISTERING));
  const chosen = new Set<number>();
  while (chosen.size < KEY_PROJECTS) chosen.add(random.between(0, early - 1));
  const causes = random.shuffled(Object.keys(STALL_CAUSES) as StallCause[]).slice(0, STALLED_PROJECTS);
  return new Map(random.shuffled([...chosen]).map((index, place) => [index, causes[place] ?? null]));
}

function workingDaysBefore(calendar: WorkingCalendar, day: string, days: number): string {
  let number = numberOfDay(day);
  for (let left = days; left > 0; left -= calendar.kindOfNumber(number).working ? 1 : 0) number -= 1;
  return dayOfNumber(number);
}
