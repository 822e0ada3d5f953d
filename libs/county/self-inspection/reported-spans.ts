import {
  type CommandMeta,
  DeciderRunner,
  type EventStore,
  type Page,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { UniqueValues } from '#libs/engine/unique-values';
import { selfInspectionDecider } from './self-inspection.decider.js';
import { type SelfInspectionReported } from './self-inspection.events.js';
import { type SelfInspectionDocument, selfInspections } from './self-inspection.projection.js';
import { spanMustBeNew } from './self-inspection.rules.js';
import { SELF_INSPECTION_STREAM, type SelfInspectionRunner } from './self-inspection.tokens.js';

/** One value for each report of a department, in the order of being made: its holder is a report with its span. */
const KIND = 'self-inspection-of-department';
const FORMER_A_PAGE = 500;

type Days = { readonly from: string; readonly to: string };
type Holder = Days & { readonly report: string };

/** Once a report was decided, its span is taken for it. */
export function selfInspectionRunner(
  store: EventStore,
  models: Pick<ReadModels, 'find'>,
): SelfInspectionRunner {
  // Another runner than the one whose turn lasts while a span is taken.
  const reports = new DeciderRunner(store, selfInspectionDecider);
  const spans = new ReportedSpans(reports, new UniqueValues(store), models);
  return new DeciderRunner(store, selfInspectionDecider, {
    complete: async (events, { meta }) => {
      for (const { data } of events) await spans.take(data, meta);
      return events;
    },
  });
}

/**
 * Takes the next place among the department's reports for the one that is made. The place says its span, also before the report
 * itself is there: of two whose spans overlap the log lets one come first.
 */
class ReportedSpans {
  constructor(
    private readonly reports: Pick<SelfInspectionRunner, 'load'>,
    private readonly values: UniqueValues,
    private readonly models: Pick<ReadModels, 'find'>,
  ) {}

  /** @throws RuleViolation 409 when the department has reported on a day of it */
  async take(
    { report, department, from, to }: SelfInspectionReported['data'],
    meta: CommandMeta,
  ): Promise<void> {
    const days = { from, to };
    const former = await this.former(department, days);
    spanMustBeNew(department, days, former ?? (await this.takeSpan(department, { report, ...days }, meta)));
  }

  /** The report that has a day of this span already; null when the span is this report's now. */
  private async takeSpan(department: string, own: Holder, meta: CommandMeta): Promise<string | null> {
    for (let place = 1; ; place += 1) {
      const value = `${department}/${place}`;
      const present = await this.values.lastHolder(KIND, value);
      const holder = present === null ? null : (JSON.parse(present) as Holder);
      if (holder !== null && holder.report !== own.report && !overlap(holder, own)) continue;
      const taken = await this.values.take(
        { kind: KIND, value, holder: JSON.stringify(own) },
        meta,
        (other) => this.isSo(JSON.parse(other) as Holder),
      );
      if (taken === null) return null;
      const other = JSON.parse(taken.holder) as Holder;
      // A span that the same report took before being refused blocks no other.
      if (other.report !== own.report && overlap(other, own)) return other.report;
    }
  }

  private async isSo({ report, from, to }: Holder): Promise<boolean> {
    const found = await this.reported(report);
    return found?.from === from && found.to === to;
  }

  private async reported(report: string): Promise<Days | null> {
    const { state } = await this.reports.load(SELF_INSPECTION_STREAM + report);
    return state.at === 'reported' ? state.reported : null;
  }

  /** Reports made before spans were taken are only in the read model. */
  private async former(department: string, days: Days): Promise<string | null> {
    let cursor: string | null = null;
    do {
      const page: Page<SelfInspectionDocument> = await this.models.find(selfInspections, {
        index: 'department',
        equals: { department },
        limit: FORMER_A_PAGE,
        cursor,
      });
      const found = page.items.find((one) => overlap(one, days));
      if (found) return found.id;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return null;
  }
}

function overlap(one: Days, other: Days): boolean {
  return one.from <= other.to && other.from <= one.to;
}
