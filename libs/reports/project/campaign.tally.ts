import { type Contribution, type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { CAMPAIGNS } from '#libs/county/project';
import { differences, type Measures, measures, NO_PROJECTS } from './overview.tally.js';
import { type ProjectDocument } from './project.document.js';

/** Totals of the projects that serve one campaign; counters as in the overview. Id: the campaign. */
export type CampaignDocument = TallyDocument & { readonly campaign: string };

/** A campaign with what its projects add up to. */
export type CampaignTotals = Readonly<Measures> & { readonly campaign: string };

/** The list of a campaign's projects, summed: a project counts for each campaign it is tagged with, and only then. */
export const campaignTally: Tally<ProjectDocument, CampaignDocument> = {
  model: 'campaigns',
  indexes: {},
  contributions(before, after) {
    return CAMPAIGNS.flatMap((campaign): Contribution[] => {
      const was = before?.campaigns.includes(campaign) === true ? measures(before) : NO_PROJECTS;
      const is = after.campaigns.includes(campaign) ? measures(after) : NO_PROJECTS;
      if (was === NO_PROJECTS && is === NO_PROJECTS) return [];
      const add = differences(was, is);
      return add.length === 0 ? [] : [{ lines: [{ id: campaign, labels: { campaign } }], add }];
    });
  },
};
