import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiParameters,
  notFound,
  parametersReader,
  question,
  Roles,
  AsOf,
  report,
  addressOf,
  restingOn,
} from '#libs/shell/nest';
import { IsOptional, Matches } from 'class-validator';
import { matters } from '../matter.projection.js';
import { compressionRanking } from '../compression.query.js';
import { compareMatter, compareTemplate, notedVersions, templateAnalysis } from '../versions.query.js';

const VERSION = /^[1-9]\d{0,5}$/;

class ComparisonParameters {
  /** Number of the earlier version. */
  @Matches(VERSION)
  from!: string;
  /** Number of the later version. */
  @Matches(VERSION)
  to!: string;
}

class AnalysisParameters {
  /** The current one when left out. */
  @IsOptional()
  @Matches(VERSION)
  version?: string;
}

type Compared = { readonly code: string; readonly from: number; readonly to: number };
type Analysed = { readonly code: string; readonly version: number | null };

const MatterVersions = question(async ({ eventStore }, code: string) =>
  (await notedVersions(eventStore, code)).map(({ position, ...version }) => ({
    ...version,
    position: `${position}`,
  })),
);
const CompareMatter = question(({ eventStore }, asked: Compared) => compareMatter(eventStore, asked));
const CompareTemplate = question(({ eventStore }, asked: Compared) => compareTemplate(eventStore, asked));
const AnalyseTemplate = question(({ eventStore }, asked: Analysed) => templateAnalysis(eventStore, asked));

const FIGURES = {
  ...{ projection: matters.model, formula: 'compression/1' },
  query: addressOf('/audit', { type: 'MatterPublished' }),
  figures: ['items.rate', 'items.rank', 'items.statutory.days', 'items.promised.days'],
};
const CompressionRanking = report(async (sources, _: null) => ({
  ...(await compressionRanking(sources.models)),
  ...(await restingOn(sources, [matters], [FIGURES])),
}));

const readComparison = parametersReader(ComparisonParameters);
const readAnalysis = parametersReader(AnalysisParameters);

/** How the catalogue came to be what it is, and what its processes ask of a project. */
@Controller()
@ApiTags('Catalogue 事项目录')
@ApiBearerAuth()
@Roles()
export class VersionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('matters/:code/versions')
  @ApiOperation({
    operationId: 'MatterVersions',
    summary: '事项版本 Every version of a matter: its content, who made it and why, and rulings about it',
  })
  @ApiParameters(null, [401, 404, 503])
  async versions(@Param('code') code: string) {
    const items = await this.queries.execute(MatterVersions.of(code));
    if (items.length === 0) throw notFound();
    return { items };
  }

  @Get('matters/:code/comparison')
  @ApiOperation({
    operationId: 'CompareMatter',
    summary: '版本对比 What was cut from a matter between two versions, and by whom',
  })
  @ApiParameters(ComparisonParameters, [400, 401, 404, 503])
  async compareMatter(@Param('code') code: string, @Query() query: unknown) {
    return (await this.queries.execute(CompareMatter.of({ code, ...versionsAsked(query) }))) ?? missing();
  }

  @Get('compression')
  @AsOf()
  @ApiOperation({
    operationId: 'CompressionRanking',
    summary: '压缩率 Matters by how much of the statutory time limit the promise saves',
  })
  @ApiParameters(null, [401, 503])
  compression() {
    return this.queries.execute(CompressionRanking.of(null));
  }

  @Get('templates/:code/analysis')
  @ApiOperation({
    operationId: 'AnalyseTemplate',
    summary: '流程分析 Critical path in working days, parallel groups, steps and materials of a template',
  })
  @ApiParameters(AnalysisParameters, [400, 401, 404, 503])
  async analyse(@Param('code') code: string, @Query() query: unknown) {
    const { version } = readAnalysis(query);
    const asked = { code, version: version === undefined ? null : Number(version) };
    return (await this.queries.execute(AnalyseTemplate.of(asked))) ?? missing();
  }

  @Get('templates/:code/comparison')
  @ApiOperation({
    operationId: 'CompareTemplate',
    summary: '流程对比 What was cut from a template between two versions, by whom, and what it saves',
  })
  @ApiParameters(ComparisonParameters, [400, 401, 404, 503])
  async compareTemplate(@Param('code') code: string, @Query() query: unknown) {
    return (await this.queries.execute(CompareTemplate.of({ code, ...versionsAsked(query) }))) ?? missing();
  }
}

function versionsAsked(query: unknown): { readonly from: number; readonly to: number } {
  const { from, to } = readComparison(query);
  const [older, newer] = [Number(from), Number(to)].sort((a, b) => a - b);
  return { from: older ?? 0, to: newer ?? 0 };
}

function missing(): never {
  throw notFound();
}
