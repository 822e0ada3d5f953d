import { invalid } from '#libs/shell/nest';

/** What one may follow: one's own lists, one project or application, how far the read models are, the log itself. */
export type Topic =
  | { readonly kind: 'worklist' | 'notices' | 'positions' | 'events' }
  | { readonly kind: 'project' | 'application'; readonly id: string };

const PLAIN = ['worklist', 'notices', 'positions', 'events'] as const;
const OF_A_THING = /^(project|application):([A-Za-z0-9][A-Za-z0-9._-]{0,199})$/;
const MOST_TOPICS = 20;

/** What is followed when nothing is said. */
const USUAL = 'worklist,notices';

export function nameOf(topic: Topic): string {
  return 'id' in topic ? `${topic.kind}:${topic.id}` : topic.kind;
}

/** Reads `worklist,project:mill`; the same twice counts once. @throws InvalidInput */
export function readTopics(text = USUAL): readonly Topic[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (names.length > MOST_TOPICS) {
    throw invalid('topics', `must be at most ${MOST_TOPICS} topics`, `最多 ${MOST_TOPICS} 个主题`);
  }
  return names.map(topicOf);
}

function topicOf(name: string): Topic {
  const plain = PLAIN.find((each) => each === name);
  if (plain !== undefined) return { kind: plain };
  const [, kind, id] = OF_A_THING.exec(name) ?? [];
  if (id !== undefined) return { kind: kind === 'project' ? 'project' : 'application', id };
  throw invalid(
    'topics',
    'must be of worklist, notices, positions, events, project:{id}, application:{id}, with commas between them',
    '须为 worklist、notices、positions、events、project:{编号}、application:{编号}，以逗号分隔',
  );
}
