import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { StoreUnavailable } from '#libs/event-sourcing';
import { Metrics, Public } from '#libs/nest';
import { type FastifyReply } from 'fastify';
import { Engines } from './engines.js';
import { Policies } from './policies.service.js';
import { Projections } from './projections.service.js';
import { Readiness } from './readiness.js';

@Controller()
@ApiExcludeController()
@Public()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly engines: Engines,
    private readonly projections: Projections,
    private readonly policies: Policies,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs; it says nothing of what it depends on. */
  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /**
   * 200 once the seed is loaded and projected and as long as the engines are there and no projection stands still; else
   * 503 and what is missing. `alarms` call for a person but keep no request away: a silent canary, a joint review
   * session that was not held, a case that a policy cannot act on.
   */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const projections = this.projections.status().map((one) => ({
      name: one.name,
      state: one.state,
      position: one.checkpoint === null ? null : `${one.checkpoint.position}`,
      log: one.log === null ? null : `${one.log.position}`,
      fault: one.fault === null ? null : one.fault.message,
      waitingFor: one.waitingFor,
    }));
    const faults = projections.filter((one) => one.fault !== null).map((one) => `projection ${one.name}`);
    const engines = await this.engines.states();
    const away = engines.filter((one) => one.away !== null).map((one) => `engine ${one.engine}`);
    const missing = [...this.readiness.missing, ...away, ...faults];
    void reply.status(missing.length === 0 ? 200 : 503).header('cache-control', 'no-store');
    const canary = await this.asked(() => this.policies.canary());
    const missed = await this.asked(() => this.policies.missedSession());
    const policies = this.policies.status();
    const alarms = [
      ...(canary?.silent === true ? ['canary silent: the escalation ladder does not run'] : []),
      ...(missed === null ? [] : [`joint review session ${missed.id} was not held on ${missed.day}`]),
      ...policies.flatMap(({ name, faults }) =>
        faults.map(({ subject, message }) => `policy ${name} cannot act on ${subject}: ${message}`),
      ),
    ];
    return {
      status: missing.length === 0 ? 'ready' : 'not ready',
      missing,
      alarms,
      engines,
      projections,
      policies,
      canary,
    };
  }

  /** Null while the read models cannot be asked: then the projections tell why. */
  private async asked<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  prometheus(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
