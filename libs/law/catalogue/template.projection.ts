import { projection } from '#libs/engine/event-sourcing';
import { type TemplateDefinition, type TemplateEvent } from './catalogue.events.js';
import { proposedChange, type ProposedChange } from './matter.projection.js';

/** One process template (项目类型流程) as it is published now: its stages, their matters and what each waits for. */
export type TemplateDocument = TemplateDefinition & {
  readonly id: string;
  readonly templateVersion: number;
  /** A revision that makes it lighter, as one person proposed it; left out where nobody did. */
  readonly revisionProposed?: ProposedChange & { readonly template: TemplateDefinition };
  readonly reason: string | null;
  readonly changedAt: string;
  readonly revision: string;
};

function published(
  template: TemplateDefinition,
  templateVersion: number,
  reason: string | null,
  event: { readonly revision: bigint; readonly metadata: { readonly occurredAt: string } },
): TemplateDocument {
  return {
    ...template,
    id: template.code,
    templateVersion,
    reason,
    changedAt: event.metadata.occurredAt,
    revision: event.revision.toString(),
  };
}

/** The process templates that projects are registered under. */
export const templates = projection<TemplateDocument, TemplateEvent>({
  name: 'templates',
  version: 1,
  model: 'templates',
  indexes: { all: { equals: [], range: 'code' } },
  keys: (event) => [event.data.template.code],
  create: { TemplatePublished: (event) => published(event.data.template, 1, null, event) },
  update: {
    TemplateRevisionProposed: (template, event) => ({
      ...template,
      revisionProposed: { ...proposedChange(event), template: event.data.template },
      revision: event.revision.toString(),
    }),
    TemplateRevised: (_, event) =>
      published(event.data.template, event.data.templateVersion, event.data.reason, event),
  },
});
