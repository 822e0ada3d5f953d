import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from './audit.controller.js';
import { ClockController, clockQueries } from './clock.controller.js';
import { EffectController, effectQueries } from './effect.controller.js';
import { MattersController, matterQueries } from './matters.controller.js';
import { ProcessController, processQueries } from './process.controller.js';
import { ProcessReportsController, processReportQueries } from './process-reports.controller.js';
import { projectQueries, ProjectsController } from './projects.controller.js';
import { SelfInspectionController, selfInspectionQueries } from './self-inspection.controller.js';
import { serviceQueries, ServiceQualityController } from './service-quality.controller.js';
import { signalQueries, SignalsController } from './signals.controller.js';
import { reportQueries, ReportsController } from './reports.controller.js';

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
