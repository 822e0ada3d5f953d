import { type ApplicationDocument, APPLICATION_STREAM, applications } from '#libs/county/approval';
import { seesApplication, seesProject, sightOf, type Visibility } from '#libs/county/sight';
import { boxesOf, timers } from '#libs/county/supervision';
import {
  type Actor,
  type PersonalData,
  type ReadModels,
  type StoredEvent,
  defined,
} from '#libs/engine/event-sourcing';
import { type AuditItem, auditItem, projects } from '#libs/reports';
import { withoutSecrets } from '#libs/shell/nest';
import { nameOf, type Topic } from './topics.js';

const PROJECT_STREAM = 'project-';

/** What a reader learns of one event: which of the topics it changes. They fetch what they want to see of it. */
export interface Change {
  readonly position: string;
  readonly topics: readonly string[];
  /** The application that changed, where the reader may see it. */
  readonly application?: string;
  readonly project?: string;
  /** The event as the audit trail has it, for those who follow `events`. */
  readonly event?: AuditItem;
}

export interface ChangesParts {
  readonly models: ReadModels;
  readonly personal: Pick<PersonalData, 'open'>;
  readonly now: () => string;
}

type Things = {
  readonly sight: Visibility;
  readonly application: ApplicationDocument | null;
};

/**
 * Which events concern whom. A reader learns of nothing that they may not see by asking: each event is held against what the
 * read models show of its thing now, and against what the reader may see now.
 */
export class LiveChanges {
  constructor(private readonly parts: ChangesParts) {}

  sightOf(actor: Actor): Promise<Visibility> {
    return sightOf(this.parts, actor);
  }

  /** Whether the reader may follow what a topic names; null if there is no such thing. */
  async mayFollow(topic: Topic, sight: Visibility): Promise<boolean | null> {
    if (!('id' in topic)) return true;
    if (topic.kind === 'project') {
      const project = await this.parts.models.get(projects, topic.id);
      return project && seesProject(sight, project);
    }
    const application = await this.parts.models.get(applications, topic.id);
    return application && seesApplication(sight, application);
  }

  /** Null when it changes nothing that is followed. `isLast`: of those that are shown now. */
  async of(
    event: StoredEvent,
    topics: readonly Topic[],
    sight: Visibility,
    isLast: boolean,
  ): Promise<Change | null> {
    const applicationId = idIn(event, APPLICATION_STREAM);
    const application =
      applicationId === null ? null : await this.parts.models.get(applications, applicationId);
    const seen = application !== null && seesApplication(sight, application) ? application : null;
    const things: Things = { sight, application: seen };
    const changed: string[] = [];
    for (const topic of topics) {
      if (await this.isChanged(topic, event, things, isLast)) changed.push(nameOf(topic));
    }
    if (changed.length === 0) return null;
    const shown = changed.includes('events') ? await this.audited(event) : undefined;
    const project = seen?.project ?? (await this.projectSeen(event, topics, sight));
    return {
      position: event.position.toString(),
      topics: changed,
      ...defined({
        application: seen?.id,
        project: project ?? undefined,
        event: shown,
      }),
    };
  }

  /** As `GET /audit` shows it. */
  private async audited(event: StoredEvent): Promise<AuditItem> {
    const item = auditItem(event);
    return (await this.parts.personal.open({ ...item, data: withoutSecrets(item.data) })) as AuditItem;
  }

  private async isChanged(
    topic: Topic,
    event: StoredEvent,
    { sight, application }: Things,
    isLast: boolean,
  ): Promise<boolean> {
    switch (topic.kind) {
      case 'events':
        return true;
      case 'positions':
        return isLast;
      case 'application':
        return application?.id === topic.id;
      case 'project':
        return (
          application?.project === topic.id || (await this.projectSeen(event, [topic], sight)) === topic.id
        );
      case 'worklist':
        return application !== null || isFromOnesDesk(event, sight);
      case 'notices':
        return application !== null && this.isNoticed(event, application, sight);
    }
  }

  /** The project of an event of a project itself, where it is followed and the reader may see it. */
  private async projectSeen(
    event: StoredEvent,
    topics: readonly Topic[],
    sight: Visibility,
  ): Promise<string | null> {
    const id = idIn(event, PROJECT_STREAM);
    if (id === null || !topics.some((topic) => 'id' in topic && topic.id === id)) return null;
    const project = await this.parts.models.get(projects, id);
    return project !== null && seesProject(sight, project) ? id : null;
  }

  private async isNoticed(
    event: StoredEvent,
    { id, applicant }: ApplicationDocument,
    sight: Visibility,
  ): Promise<boolean> {
    const found = await this.parts.models.get(timers, id);
    const revision = event.revision.toString();
    const ofEvent = found?.notices.filter((notice) => notice.revision === revision) ?? [];
    const boxes = [...boxesOf(sight.actor), ...boxesOfPrincipal(sight, applicant)];
    return ofEvent.some(({ to }) => to.some((box) => boxes.includes(box)));
  }
}

/** The id of the thing whose stream it is; null for another kind of thing. */
function idIn({ stream }: StoredEvent, prefix: string): string | null {
  return stream.startsWith(prefix) ? stream.slice(prefix.length) : null;
}

/** An agent reads the box of an applicant for whom they act. */
function boxesOfPrincipal({ mandates }: Visibility, applicant: string): readonly string[] {
  return mandates.some((mandate) => mandate.applicant === applicant) ? [`applicant:${applicant}`] : [];
}

/** What their own department gave away is no longer to be seen by it, and is gone from its list. */
function isFromOnesDesk({ stream, metadata: { actor } }: StoredEvent, { departments }: Visibility): boolean {
  if (!stream.startsWith(APPLICATION_STREAM)) return false;
  return actor.department !== null && departments.includes(actor.department);
}
