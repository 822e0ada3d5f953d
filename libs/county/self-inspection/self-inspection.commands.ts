import { Act, Day, HttpCommand, OptionalText, OptionalWhole, Text } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { type Figures } from './self-inspection.events.js';

const MOST = 1_000_000;
/** A whole number that may be left out. */
const Count = () => OptionalWhole(0, MOST);

class FiguresBody {
  @Count()
  done?: number;
  @Count()
  late?: number;
  @Count()
  returns?: number;
  @Count()
  supplements?: number;
  @Count()
  transfers?: number;
  @Count()
  backEntries?: number;
}

@Act({
  type: 'ReportSelfInspection',
  path: '',
  roles: ['department-head'],
  summary: '自查 Report the department’s findings on its own work in a past period',
  article: '政府督查工作条例 Art. 12(1)',
})
export class ReportSelfInspection extends HttpCommand {
  declare readonly type: 'ReportSelfInspection';
  @Day()
  from!: string;
  @Day()
  to!: string;
  @IsDefined()
  @ValidateNested()
  @Type(() => FiguresBody)
  figures!: Figures;
  @Text()
  findings!: string;
  @OptionalText()
  measures?: string;
}

export type SelfInspectionCommand = ReportSelfInspection;
