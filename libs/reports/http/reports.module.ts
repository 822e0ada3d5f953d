import { Module } from '@nestjs/common';
import { AuditController } from '../accountability/audit.controller.js';
import { ClockController } from '../process/clock.controller.js';
import { EffectController } from '../workload/effect.controller.js';
import { MattersController } from '../workload/matters.controller.js';
import { ProcessController } from '../process/process.controller.js';
import { ProcessReportsController } from '../process/process-reports.controller.js';
import { ProjectsController } from '../project/projects.controller.js';
import { SelfInspectionController } from '../workload/self-inspection.controller.js';
import { ServiceQualityController } from '../workload/service-quality.controller.js';
import { SignalsController } from '../standstill/signals.controller.js';
import { ReportsController } from '../workload/reports.controller.js';

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
})
export class ReportsModule {}
