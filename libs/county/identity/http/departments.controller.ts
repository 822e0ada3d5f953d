import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { isOutside, isWithoutPost } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { departmentLineage, type DepartmentsQuery, listDepartments } from '../department.query.js';

const ListDepartments = question(({ models, now }, asked: Omit<DepartmentsQuery, 'day'>) =>
  listDepartments(models, { ...asked, day: dayOf(now()) }),
);
const FindDepartment = question(({ models, now }, id: string) => departmentLineage(models, id, dayOf(now())));

const readPage = parametersReader(ListParameters);

/** Which departments there are and were. Open to everyone who is signed in. */
@Controller('departments')
@ApiTags('Identity 身份')
@ApiBearerAuth()
@Roles()
export class DepartmentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'ListDepartments',
    summary: '部门 Departments by id, succeeded ones included, with the posts that are held in them',
  })
  @ApiParameters(ListParameters)
  list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const showsPersons = !isOutside(actor.role) && !isWithoutPost(actor);
    return this.queries.execute(ListDepartments.of({ ...pageOf(readPage(query)), showsPersons }));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'FindDepartment',
    summary: '部门沿革 One department: which department took over from it, and which it took over from',
  })
  @ApiParameters(null, [401, 404, 503])
  async department(@Param('id') id: string) {
    const found = await this.queries.execute(FindDepartment.of(id));
    if (found === null) throw notFound();
    return found;
  }
}
