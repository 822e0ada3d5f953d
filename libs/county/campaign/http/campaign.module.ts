import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import {
  OFFICE_RUNNER,
  OFFICE_STREAM,
  PLAN_RUNNER,
  PLAN_STREAM,
  PLEDGE_RUNNER,
  PLEDGE_STREAM,
} from '../campaign.tokens.js';
import { AssignCampaignOffice, EndCampaignOffice } from '../office.commands.js';
import { OfficeController } from './office.controller.js';
import { officeDecider } from '../office.decider.js';
import * as lookups from './campaign.lookups.js';
import { DischargeTask, PublishPlan, RevisePlan } from '../plan.commands.js';
import { PlanController } from './plan.controller.js';
import { planDecider } from '../plan.decider.js';
import { FulfilPledge, MakePledge } from '../pledge.commands.js';
import { PledgeController } from './pledge.controller.js';
import { pledgeDecider } from '../pledge.decider.js';
import { ProofLookup } from './proof.lookup.js';

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
    commandController({ base: 'plans', tag: TAG, commands: [PublishPlan, RevisePlan, DischargeTask] }),
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
    lookups.CampaignStores,
    ...lookupHandlers({ runner: OFFICE_RUNNER, stream: OFFICE_STREAM }, lookups.CampaignStores, [
      lookups.officeAssignment,
    ]),
    ...plainHandlers({ runner: OFFICE_RUNNER, stream: OFFICE_STREAM }, [EndCampaignOffice]),
    ...lookupHandlers({ runner: PLEDGE_RUNNER, streamPrefix: PLEDGE_STREAM }, lookups.CampaignStores, [
      lookups.pledge,
      lookups.fulfilment,
    ]),
    ...lookupHandlers({ runner: PLAN_RUNNER, streamPrefix: PLAN_STREAM }, lookups.CampaignStores, [
      lookups.planPublication,
      lookups.planRevision,
      lookups.discharge,
    ]),
  ],
  exports: [OFFICE_RUNNER],
})
export class CampaignModule {}
