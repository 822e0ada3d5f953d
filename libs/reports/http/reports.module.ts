import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from '../accountability/audit.controller.js';
import { ClockController, clockQueries } from '../process/clock.controller.js';
import { EffectController, effectQueries } from '../workload/effect.controller.js';
import { MattersController, matterQueries } from '../workload/matters.controller.js';
import { ProcessController, processQueries } from '../process/process.controller.js';
import { ProcessReportsController, processReportQueries } from '../process/process-reports.controller.js';
import { projectQueries, ProjectsController } from '../project/projects.controller.js';
import { SelfInspectionController, selfInspectionQueries } from '../workload/self-inspection.controller.js';
import { serviceQueries, ServiceQualityController } from '../workload/service-quality.controller.js';
import { signalQueries, SignalsController } from '../standstill/signals.controller.js';
import { reportQueries, ReportsController } from '../workload/reports.controller.js';

@Module({
  controllers: [
    ProjectsController,
    ReportsController,
    MattersController,
    EffectController,
    ServiceQualityController,
    SignalsController,
    AuditController,
    ClockController,
    ProcessController,
    ProcessReportsController,
    SelfInspectionController,
  ],
  providers: [
    ...projectQueries,
    ...reportQueries,
    ...matterQueries,
    ...effectQueries,
    ...serviceQueries,
    ...signalQueries,
    ...auditQueries,
    ...clockQueries,
    ...processQueries,
    ...processReportQueries,
    ...selfInspectionQueries,
  ],
})
export class ReportsModule {}
