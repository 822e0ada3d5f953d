import { Module } from '@nestjs/common';
import { AuditController, auditQueries } from './audit.controller.js';
import { projectQueries, ProjectsController } from './projects.controller.js';
import { reportQueries, ReportsController } from './reports.controller.js';

@Module({
  controllers: [ProjectsController, ReportsController, AuditController],
  providers: [...projectQueries, ...reportQueries, ...auditQueries],
})
export class ReportsModule {}
