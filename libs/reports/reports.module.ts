import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from './audit.controller.js';
import { ClockController, clockQueries } from './clock.controller.js';
import { projectQueries, ProjectsController } from './projects.controller.js';
import { SelfInspectionController, selfInspectionQueries } from './self-inspection.controller.js';
import { signalQueries, SignalsController } from './signals.controller.js';
import { reportQueries, ReportsController } from './reports.controller.js';

@Module({
  controllers: [
    ProjectsController,
    ReportsController,
    SignalsController,
    AuditController,
    ClockController,
    SelfInspectionController,
  ],
  providers: [
    ...projectQueries,
    ...reportQueries,
    ...signalQueries,
    ...auditQueries,
    ...clockQueries,
    ...selfInspectionQueries,
  ],
})
export class ReportsModule {}
