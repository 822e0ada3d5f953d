import { lookup } from '#libs/shell/nest';
import { PublishTemplate, ReviseTemplate, type TemplateFacts } from '../catalogue.commands.js';
import { type MatterStanding } from '../catalogue.rules.js';
import { MATTER_STREAM } from '../catalogue.tokens.js';
import { type CatalogueStores } from './catalogue-stores.js';

/** The state in the catalogue of each matter that a template names. */
async function standingOf(
  { stages }: PublishTemplate | ReviseTemplate,
  { matters }: CatalogueStores,
): Promise<TemplateFacts> {
  const codes = stages.flatMap((stage) => stage.matters.map((matter) => matter.code));
  const standing: Record<string, MatterStanding> = {};
  for (const code of new Set(codes)) {
    const { state } = await matters.load(MATTER_STREAM + code);
    if (state.at !== 'absent') standing[code] = state.at;
  }
  return { standing };
}

export const templatePublication = lookup(PublishTemplate, standingOf);

export const templateRevision = lookup(ReviseTemplate, standingOf);
