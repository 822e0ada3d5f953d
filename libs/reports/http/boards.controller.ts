import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CAMPAIGNS } from '#libs/county/project';
import { OVERSEERS } from '#libs/shell/roles';
import { ApiParameters, pageOf, parametersReader, Roles, AsOf, report, restingOn } from '#libs/shell/nest';
import { BoardParameters, RegionParameters } from './board.parameters.js';
import { campaignFigures, keyBoardFigures, overviewFigures } from '../answers/figures.js';
import { type CampaignTotals, campaignTally } from '../project/campaign.tally.js';
import { BOARD_MODELS, keyBoard } from '../project/key-board.query.js';
import { overview, OVERVIEW_MODELS } from '../project/overview.query.js';
import { projects as projectModel } from '../project/project.projection.js';
import { NO_STANDING, projectStandings } from '../finding/project-rows.query.js';
import { NO_PROJECTS } from '../project/overview.tally.js';

type OverviewQuestion = Omit<Parameters<typeof overview>[1], 'now'>;
const Overview = report(async (sources, question: OverviewQuestion) => ({
  ...(await overview(sources.models, { ...question, now: sources.now() })),
  ...(await restingOn(sources, OVERVIEW_MODELS, overviewFigures(question))),
}));
type BoardQuestion = Omit<Parameters<typeof keyBoard>[2], 'now'>;
const KeyBoard = report(async (sources, question: BoardQuestion) => {
  const { models, calendar } = sources;
  const now = sources.now();
  const board = await keyBoard(models, calendar, { ...question, now });
  const projects = await models.getMany(
    projectModel,
    board.items.map(({ project }) => project),
  );
  const known = projects.filter((project) => project !== null);
  const standings = await projectStandings({ models, calendar, now }, known);
  const byId = new Map(known.map(({ id }, index) => [id, standings[index]]));
  return {
    ...board,
    items: board.items.map((item) => ({ ...item, ...(byId.get(item.project) ?? NO_STANDING) })),
    ...(await restingOn(sources, BOARD_MODELS, keyBoardFigures(question))),
  };
});
const Campaigns = report(async (sources) => {
  const found = await sources.models.getMany(campaignTally, CAMPAIGNS);
  return {
    items: CAMPAIGNS.map((campaign, index): CampaignTotals => ({
      campaign,
      ...NO_PROJECTS,
      ...found[index]?.counts,
    })),
    ...(await restingOn(sources, [campaignTally], campaignFigures())),
  };
});

const readOverview = parametersReader(RegionParameters);
const readBoard = parametersReader(BoardParameters);

/** What projects add up to, for those who oversee them. */
@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class BoardsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('overview')
  @AsOf()
  @ApiOperation({ operationId: 'Overview', summary: '总览 A region at a glance' })
  @ApiParameters(RegionParameters)
  overview(@Query() query: unknown) {
    const { region } = readOverview(query);
    return this.queries.execute(Overview.of(defined({ region })));
  }

  @Get('key-projects')
  @AsOf()
  @ApiOperation({
    operationId: 'KeyBoard',
    summary: '重点项目 The board of key projects: who holds each open case, for how long, and its lamp',
  })
  @ApiParameters(BoardParameters)
  keyProjects(@Query() query: unknown) {
    const { region, ...page } = readBoard(query);
    return this.queries.execute(KeyBoard.of({ ...pageOf(page), ...defined({ region }) }));
  }

  @Get('campaigns')
  @AsOf()
  @ApiOperation({
    operationId: 'Campaigns',
    summary: '攻坚战 Totals of the projects of each of the other campaigns',
  })
  @ApiParameters(null)
  campaigns() {
    return this.queries.execute(Campaigns.of(undefined));
  }
}
