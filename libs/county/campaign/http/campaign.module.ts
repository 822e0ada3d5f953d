import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/shell/nest';
import { OFFICE_RUNNER, PLAN_RUNNER, PLAN_STREAM, PLEDGE_RUNNER } from '../campaign.tokens.js';
import { AssignCampaignOffice, EndCampaignOffice } from '../office.commands.js';
import { OfficeController } from './office.controller.js';
import { officeDecider } from '../office.decider.js';
import { AssignCampaignOfficeHandler, EndCampaignOfficeHandler } from './office.handler.js';
import { DischargeTask, PublishPlan, RevisePlan } from '../plan.commands.js';
import { PlanController } from './plan.controller.js';
import { planDecider } from '../plan.decider.js';
import { DischargeTaskHandler, PlanPublisher } from './plan.handler.js';
import { FulfilPledge, MakePledge } from '../pledge.commands.js';
import { PledgeController } from './pledge.controller.js';
import { pledgeDecider } from '../pledge.decider.js';
import { FulfilPledgeHandler, MakePledgeHandler } from './pledge.handler.js';
import { ProofLookup } from './proof.lookup.js';

const PUBLICATIONS = [PublishPlan, RevisePlan];
const TAG = 'Campaign 攻坚';

@Module({
  imports: [IdentityModule],
  controllers: [
    commandController({
      base: 'campaign-office',
      tag: TAG,
      commands: [AssignCampaignOffice, EndCampaignOffice],
    }),
    commandController({ base: 'pledges', tag: TAG, commands: [MakePledge, FulfilPledge] }),
    OfficeController,
    PledgeController,
    commandController({ base: 'plans', tag: TAG, commands: [...PUBLICATIONS, DischargeTask] }),
    PlanController,
  ],
  providers: [
    {
      provide: OFFICE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, officeDecider),
    },
    {
      provide: PLEDGE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, pledgeDecider),
    },
    {
      provide: PLAN_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, planDecider),
    },
    ProofLookup,
    AssignCampaignOfficeHandler,
    EndCampaignOfficeHandler,
    MakePledgeHandler,
    FulfilPledgeHandler,
    PlanPublisher,
    ...plainHandlers(PlanPublisher, PLAN_STREAM, PUBLICATIONS),
    DischargeTaskHandler,
  ],
  exports: [OFFICE_RUNNER],
})
export class CampaignModule {}
