import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from './audit.controller.js';
import { projectQueries, ProjectsController } from './projects.controller.js';
import { signalQueries, SignalsController } from './signals.controller.js';
import { reportQueries, ReportsController } from './reports.controller.js';

@Module({
  controllers: [ProjectsController, ReportsController, SignalsController, AuditController],
  providers: [...projectQueries, ...reportQueries, ...signalQueries, ...auditQueries],
})
export class ReportsModule {}
