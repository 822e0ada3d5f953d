import { type WorkingCalendar } from '#libs/law/calendar';
import { APPROVAL_LINES, type ApprovalLine, matters as matterModel } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type Forecast, forecast, type ForecastMatter } from './forecast.rules.js';
import { type ProjectDocument } from '../project/project.document.js';
import { projects } from '../project/project.projection.js';
import { projectWithCases } from '../project/project.query.js';
import { currentRounds } from '../project/rounds.js';
import { applications as applicationModel } from '#libs/county/approval';

/** One lane of the swimlane: a line with the project's matters on it, in the order of the template. */
type Lane = {
  readonly line: ApprovalLine;
  readonly lineZh: string;
  readonly matters: readonly ForecastMatter[];
};

/** Where a project stands on the five lines, what decides its duration, and when it can be finished at the earliest. */
export type ProjectForecast = Omit<Forecast, 'matters'> & {
  readonly project: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly status: ProjectDocument['status'];
  /** What the days were counted with. */
  readonly calendarVersion: string;
  readonly lines: readonly Lane[];
  /** Matters on none of the five lines. */
  readonly others: readonly ForecastMatter[];
};

/** The models it rests on, for `asOf`. */
export const FORECAST_MODELS = [projects, applicationModel, matterModel] as const;

/**
 * The project's document, its applications and its matters, by their ids; `hidden` applications are left out. Null if there is no such
 * project.
 */
export async function projectForecast(
  models: ReadModels,
  calendar: WorkingCalendar,
  {
    project: id,
    hidden = [],
    now,
  }: { readonly project: string; readonly hidden?: readonly string[]; readonly now: string },
): Promise<ProjectForecast | null> {
  const whole = await projectWithCases(models, id);
  if (whole === null) return null;
  const { project, documents, matters: definitions } = whole;
  const { applications, template, templateVersion, status } = project;
  const places = new Map(applications.map(({ application }, index) => [application, index]));
  const planned = currentRounds(applications).map((opened) => {
    const index = places.get(opened.application) ?? -1;
    return { opened, document: documents[index] ?? null, definition: definitions[index] ?? null };
  });
  // Foretold from all of them, and said of those that are shown.
  const { matters: all, ...found } = forecast(planned, calendar, now);
  const isShown = (application: string) => !hidden.includes(application);
  const matters = all.filter(({ application }) => isShown(application));
  return {
    ...{ project: id, template, templateVersion, status },
    calendarVersion: calendar.version,
    ...found,
    remainingPath: found.remainingPath.filter(isShown),
    blockedBy: found.blockedBy.filter(isShown),
    lines: Object.entries(APPROVAL_LINES).map(([line, lineZh]) => ({
      line: line as ApprovalLine,
      lineZh,
      matters: matters.filter((matter) => matter.line === line),
    })),
    others: matters.filter(({ line }) => line === null),
  };
}
