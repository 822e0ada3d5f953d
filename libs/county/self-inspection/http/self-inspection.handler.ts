import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Page, type Receipt, ReadModels } from '#libs/engine/event-sourcing';
import { UniqueValues } from '#libs/engine/unique-values';
import { ReportSelfInspection } from '../self-inspection.commands.js';
import { type SelfInspectionDocument, selfInspections } from '../self-inspection.projection.js';
import * as rules from '../self-inspection.rules.js';
import {
  SELF_INSPECTION_RUNNER,
  SELF_INSPECTION_STREAM,
  type SelfInspectionRunner,
} from '../self-inspection.tokens.js';

/** One value for each report of a department, in the order of being made: its holder is a report with its span. */
const KIND = 'self-inspection-of-department';
const FORMER_A_PAGE = 500;

type Days = { readonly from: string; readonly to: string };
type Holder = Days & { readonly report: string };

/**
 * Takes the next place among the department's reports for the one that is made. The place says its span, also before the report
 * itself is there: of two whose spans overlap the log lets one come first.
 */
@CommandHandler(ReportSelfInspection)
export class ReportSelfInspectionHandler implements ICommandHandler<ReportSelfInspection> {
  constructor(
    @Inject(SELF_INSPECTION_RUNNER) private readonly reports: SelfInspectionRunner,
    private readonly values: UniqueValues,
    private readonly models: ReadModels,
  ) {}

  async execute(command: ReportSelfInspection): Promise<Receipt> {
    const first = await this.firstOf(command);
    return this.reports.run(SELF_INSPECTION_STREAM + command.id, command, { first });
  }

  private async firstOf(command: ReportSelfInspection): Promise<string | null> {
    const { id: report, from, to, figures, meta } = command;
    // A retry gets its first answer.
    if ((await this.reported(report)) !== null) return null;
    // A report that is refused anyway must not take a span from a good one.
    const department = rules.departmentOf(meta);
    rules.spanMustBeOver({ from, to }, meta);
    rules.claimed(figures);
    const former = await this.former(department, command);
    return former ?? (await this.takeSpan(department, { report, from, to }, command));
  }

  /** The report that has a day of this span already; null when the span is this report's now. */
  private async takeSpan(
    department: string,
    own: Holder,
    { meta }: ReportSelfInspection,
  ): Promise<string | null> {
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
