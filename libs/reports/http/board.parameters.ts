import { REGION } from '#libs/law/catalogue';
import { ListParameters } from '#libs/shell/nest';
import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';

/** The code of a region (行政区划代码), from a county down to a village; everywhere when left out. */
export const OptionalRegion = () => applyDecorators(Matches(REGION), IsOptional());

/** What a report is asked that sums up one region. */
export class RegionParameters {
  @OptionalRegion()
  region?: string;
}

/** Parameters of a report that lists, page by page, what is in one region. */
export class BoardParameters extends ListParameters {
  @OptionalRegion()
  region?: string;
}
