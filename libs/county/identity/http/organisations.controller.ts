import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { ApiParameters, CurrentActor, notFound, question, Roles } from '#libs/shell/nest';
import { shownOrganisation } from '../organisation.query.js';

const FindOrganisation = question(({ models }, asked: { readonly id: string; readonly actor: Actor }) =>
  shownOrganisation(models, asked),
);

@Controller('organisations')
@ApiTags('Identity 身份')
@ApiBearerAuth()
@Roles()
export class OrganisationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @ApiOperation({
    operationId: 'FindOrganisation',
    summary:
      '申请单位 One organisation by its credit code; its persons are shown to itself and to those in office',
  })
  @ApiParameters(null, [401, 404, 503])
  async organisation(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const found = await this.queries.execute(FindOrganisation.of({ id, actor }));
    if (found === null) throw notFound();
    return found;
  }
}
