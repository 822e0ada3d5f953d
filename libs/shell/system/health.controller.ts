import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AnyParameters, Metrics, Public } from '#libs/shell/nest';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { HealthReport } from './health-report.js';
import { OpsAccess } from './ops-access.js';

/** Load balancers need a status; what else there is to say of a process is for those who run it. */
@Controller()
@ApiExcludeController()
@Public()
@AnyParameters()
export class HealthController {
  constructor(
    private readonly report: HealthReport,
    private readonly access: OpsAccess,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs; it says nothing of what it depends on. */
  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /**
   * 200 once the seed is loaded and projected, while the engines are available and no projection is faulted; else 503. Only
   * callers that `OpsAccess` allows see what is missing.
   */
  @Get('health/ready')
  async ready(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const answer = (await this.access.allows(request))
      ? await this.report.details()
      : { status: await this.report.word() };
    void reply.status(answer.status === 'ready' ? 200 : 503);
    return answer;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(@Req() request: FastifyRequest): Promise<string> {
    await this.access.demand(request);
    return this.metrics.registry.metrics();
  }
}
