import { lookup } from '#libs/shell/nest';
import {
  ConfirmTemplateRevision,
  PublishTemplate,
  ReviseTemplate,
  type TemplateFacts,
} from '../template.commands.js';
import { type TemplateDefinition } from '../catalogue.events.js';
import { type MatterStanding } from '../catalogue.rules.js';
import { MATTER_STREAM, TEMPLATE_STREAM } from '../catalogue.tokens.js';
import { type CatalogueStores } from './catalogue-stores.js';

/** The state in the catalogue of each matter that a template names. */
async function standingOf(
  { stages }: Pick<TemplateDefinition, 'stages'>,
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

/** As it stands when it is confirmed, not as when it was proposed. */
export const templateConfirmation = lookup(
  ConfirmTemplateRevision,
  async ({ id }, stores: CatalogueStores) => {
    const { state } = await stores.templates.load(TEMPLATE_STREAM + id);
    const proposed = state.at === 'published' ? state.proposedRevision : undefined;
    return standingOf(proposed?.definition ?? { stages: [] }, stores);
  },
);
