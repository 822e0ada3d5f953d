import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from './audit.controller.js';
import { ClockController, clockQueries } from './clock.controller.js';
import { ProcessController, processQueries } from './process.controller.js';
import { ProcessReportsController, processReportQueries } from './process-reports.controller.js';
import { projectQueries, ProjectsController } from './projects.controller.js';
import { signalQueries, SignalsController } from './signals.controller.js';
import { reportQueries, ReportsController } from './reports.controller.js';

@Module({
  controllers: [
    ProjectsController,
    ReportsController,
    SignalsController,
    AuditController,
    ClockController,
    ProcessController,
    ProcessReportsController,
  ],
  providers: [
    ...projectQueries,
    ...reportQueries,
    ...signalQueries,
    ...auditQueries,
    ...clockQueries,
    ...processQueries,
    ...processReportQueries,
  ],
})
export class ReportsModule {}
