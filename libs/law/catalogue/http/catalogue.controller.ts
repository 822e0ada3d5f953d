import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiParameters,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Published,
  OptionalName,
  AsOf,
  report,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { MATTER_KINDS, type MatterKind } from '../matter-kind.js';
import {
  findMatter,
  findTemplate,
  listAbolished,
  listMatters,
  type ListOptions,
  listTemplates,
  type MattersQuery,
} from '../catalogue.query.js';

import { QUESTIONNAIRE, type Questionnaire } from '../questionnaire.js';

class MattersParameters extends ListParameters {
  @OptionalName()
  department?: string;
  @IsOptional()
  @IsIn(MATTER_KINDS)
  kind?: MatterKind;
  /** Words that are all in the code or the names of the matter. */
  @OptionalName()
  q?: string;
}

const ListMatters = report(({ models }, question: MattersQuery) => listMatters(models, question));
const ListAbolished = question(({ models }, page: ListOptions) => listAbolished(models, page));
const FindMatter = question(({ models }, code: string) => findMatter(models, code));
const ListTemplates = question(({ models }, page: ListOptions) => listTemplates(models, page));
const FindTemplate = question(({ models }, code: string) => findTemplate(models, code));

const readMatters = parametersReader(MattersParameters);
const readPage = parametersReader(ListParameters);

/** The catalogue is published: it is open to everybody. */
@Controller()
@ApiTags('Catalogue 事项目录')
@ApiBearerAuth()
@Published()
export class CatalogueController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(QUESTIONNAIRE) private readonly questionnaire: Questionnaire,
  ) {}

  @Get('matters')
  @AsOf()
  @ApiOperation({ operationId: 'ListMatters', summary: '事项目录 Approval matters, by code' })
  @ApiParameters(MattersParameters)
  matters(@Query() query: unknown) {
    const { department, kind, q, ...page } = readMatters(query);
    return this.queries.execute(ListMatters.of({ ...pageOf(page), ...defined({ department, kind, q }) }));
  }

  @Get('matters/:code')
  @ApiOperation({ operationId: 'FindMatter', summary: '事项 One approval matter' })
  @ApiParameters(null, [401, 404, 429, 503])
  async matter(@Param('code') code: string) {
    return (await this.queries.execute(FindMatter.of(code))) ?? missing();
  }

  @Get('abolished-matters')
  @ApiOperation({
    operationId: 'ListAbolishedMatters',
    summary: '取消事项目录 Abolished matters by code: who abolished each, when, and why',
  })
  @ApiParameters(ListParameters)
  abolished(@Query() query: unknown) {
    return this.queries.execute(ListAbolished.of(pageOf(readPage(query))));
  }

  @Get('questionnaire')
  @ApiOperation({
    operationId: 'FindQuestionnaire',
    summary: '事项问卷 What is asked about a project, and under which answers each matter is needed',
  })
  @ApiParameters(null)
  questions() {
    return this.questionnaire;
  }

  @Get('templates')
  @ApiOperation({ operationId: 'ListTemplates', summary: '流程模板 Process templates, by code' })
  @ApiParameters(ListParameters)
  templates(@Query() query: unknown) {
    return this.queries.execute(ListTemplates.of(pageOf(readPage(query))));
  }

  @Get('templates/:code')
  @ApiOperation({ operationId: 'FindTemplate', summary: '流程模板 One process template' })
  @ApiParameters(null, [401, 404, 429, 503])
  async template(@Param('code') code: string) {
    return (await this.queries.execute(FindTemplate.of(code))) ?? missing();
  }
}

function missing(): never {
  throw notFound();
}
