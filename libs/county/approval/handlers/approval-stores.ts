import { DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { PROJECT_RUNNER, type ProjectRunner } from '#libs/county/project';
import { type EventStore, ReadModels } from '#libs/engine/event-sourcing';
import { WorkingCalendar } from '#libs/law/calendar';
import { LawCatalogue } from '#libs/law/citations';
import { MATTER_RUNNER, type MatterRunner } from '#libs/law/catalogue';
import { EVENT_STORE } from '#libs/shell/nest';
import { Inject, Injectable } from '@nestjs/common';
import { COUNTER_HOURS, type CounterHours } from '../intake/counter-hours.js';
import { APPLICATION_RUNNER, type ApplicationRunner } from '../application/application.runner.token.js';

/** Where facts for acts on applications are looked up. */
@Injectable()
export class ApprovalStores {
  constructor(
    @Inject(APPLICATION_RUNNER) readonly applications: ApplicationRunner,
    @Inject(PROJECT_RUNNER) readonly projects: ProjectRunner,
    @Inject(MATTER_RUNNER) readonly matters: MatterRunner,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    @Inject(EVENT_STORE) readonly events: EventStore,
    @Inject(COUNTER_HOURS) readonly counterHours: CounterHours,
    readonly laws: LawCatalogue,
    readonly calendar: WorkingCalendar,
    readonly models: ReadModels,
  ) {}
}
