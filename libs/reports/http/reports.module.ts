import { Module } from '@nestjs/common';
import { AccountabilityController } from '../accountability/accountability.controller.js';
import { AuditController } from '../accountability/audit.controller.js';
import { ClockController } from '../process/clock.controller.js';
import { ProcessReportsController } from '../process/process-reports.controller.js';
import { ProcessController } from '../process/process.controller.js';
import { BoardsController } from '../project/boards.controller.js';
import { ProjectsController } from '../project/projects.controller.js';
import { StandstillController } from '../standstill/standstill.controller.js';
import { EffectController } from '../workload/effect.controller.js';
import { MattersController } from '../workload/matters.controller.js';
import { SelfInspectionController } from '../workload/self-inspection.controller.js';
import { ServiceQualityController } from '../workload/service-quality.controller.js';
import { WorkloadController } from '../workload/workload.controller.js';

@Module({
  controllers: [
    ProjectsController,
    BoardsController,
    WorkloadController,
    AccountabilityController,
    MattersController,
    EffectController,
    ServiceQualityController,
    StandstillController,
    AuditController,
    ClockController,
    ProcessController,
    ProcessReportsController,
    SelfInspectionController,
  ],
})
export class ReportsModule {}
