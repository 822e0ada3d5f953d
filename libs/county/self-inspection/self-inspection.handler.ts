import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Page, type Receipt, ReadModels } from '#libs/engine/event-sourcing';
import { UniqueValues } from '#libs/engine/unique-values';
import { ReportSelfInspection } from './self-inspection.commands.js';
import { type SelfInspectionDocument } from './self-inspection.projection.js';
import * as rules from './self-inspection.rules.js';
import {
  SELF_INSPECTION_RUNNER,
  SELF_INSPECTION_STREAM,
  type SelfInspectionRunner,
} from './self-inspection.tokens.js';

const KIND = 'self-inspection-span';
const FORMER_A_PAGE = 500;

type Span = { readonly department: string; readonly from: string; readonly to: string };

/** Takes the span for the report that is made of it: of two that are made at once the log lets one come first. */
@CommandHandler(ReportSelfInspection)
export class ReportSelfInspectionHandler implements ICommandHandler<ReportSelfInspection> {
  constructor(
    @Inject(SELF_INSPECTION_RUNNER) private readonly reports: SelfInspectionRunner,
    private readonly values: UniqueValues,
    private readonly models: ReadModels,
  ) {}

  async execute(command: ReportSelfInspection): Promise<Receipt> {
    command.first = await this.firstOf(command);
    return this.reports.run(SELF_INSPECTION_STREAM + command.id, command);
  }

  private async firstOf({ id, from, to, figures, meta }: ReportSelfInspection): Promise<string | null> {
    // A retry gets its first answer.
    if ((await this.spanOf(id)) !== null) return null;
    // What is refused anyway takes no span away from a good report.
    const department = rules.departmentOf(meta);
    rules.spanMustBeOver({ from, to }, meta);
    rules.claimed(figures);
    const span = { department, from, to };
    const former = await this.former(span);
    if (former !== null) return former;
    const taken = await this.values.take(
      { kind: KIND, value: `${department}/${from}/${to}`, holder: id },
      meta,
      async (holder) => isSame(await this.spanOf(holder), span),
    );
    return taken?.holder ?? null;
  }

  private async spanOf(report: string): Promise<Span | null> {
    const { state } = await this.reports.load(SELF_INSPECTION_STREAM + report);
    return state.at === 'reported' ? state.reported : null;
  }

  /** Reports that were made before spans were taken stand in the read model only. */
  private async former(span: Span): Promise<string | null> {
    let cursor: string | null = null;
    do {
      const page: Page<SelfInspectionDocument> = await this.models.find('self-inspections', {
        index: 'department',
        equals: { department: span.department },
        limit: FORMER_A_PAGE,
        cursor,
      });
      const found = page.items.find((one) => isSame(one, span));
      if (found) return found.id;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return null;
  }
}

function isSame(one: Span | null, { department, from, to }: Span): boolean {
  return one !== null && one.department === department && one.from === from && one.to === to;
}
