import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayOf, instantOf } from '#libs/law/calendar';
import { ApiParameters, Clock, OptionalDay, parametersReader, Roles } from '#libs/shell/nest';
import { OFFICE_RUNNER, OFFICE_STREAM, type OfficeRunner } from '../campaign.tokens.js';
import { officeOn } from '../office.rules.js';

class OfficeParameters {
  /** Legal day; today when left out. */
  @OptionalDay()
  on?: string;
}

const readOffice = parametersReader(OfficeParameters);

/** Which departments run the campaign's office. Open to everyone who is signed in. */
@Controller('campaign-office')
@ApiTags('Campaign 攻坚')
@ApiBearerAuth()
@Roles()
export class OfficeController {
  constructor(
    @Inject(OFFICE_RUNNER) private readonly office: OfficeRunner,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'FindCampaignOffice',
    summary: '攻坚办公室 Departments that run the campaign office on a day',
  })
  @ApiParameters(OfficeParameters, [400, 401, 503])
  async find(@Query() query: unknown) {
    const { on = dayOf(instantOf(this.clock.now())) } = readOffice(query);
    const { state } = await this.office.load(OFFICE_STREAM);
    return { on, items: officeOn(state, on) };
  }
}
