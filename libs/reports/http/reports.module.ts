import { ProjectModule } from '#libs/county/project/http';
import { Module } from '@nestjs/common';
import { AccountabilityController } from './accountability.controller.js';
import { AuditController } from './audit.controller.js';
import { ClockController } from './clock.controller.js';
import { ProcessReportsController } from './process-reports.controller.js';
import { ProcessController } from './process.controller.js';
import { BoardsController } from './boards.controller.js';
import { ProjectsController } from './projects.controller.js';
import { QuestionnaireController } from './questionnaire.controller.js';
import { StandstillController } from './standstill.controller.js';
import { EffectController } from './effect.controller.js';
import { MattersController } from './matters.controller.js';
import { SearchController } from './search.controller.js';
import { SelfInspectionController } from './self-inspection.controller.js';
import { ServiceQualityController } from './service-quality.controller.js';
import { WorkloadController } from './workload.controller.js';

@Module({
  imports: [ProjectModule],
  controllers: [
    ProjectsController,
    QuestionnaireController,
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
    SearchController,
    SelfInspectionController,
  ],
})
export class ReportsModule {}
