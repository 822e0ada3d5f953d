import { cited, licensing } from '#libs/law/citations';
import { refusing } from './refuse.js';
import { CORE_MESSAGES } from './core.messages.js';

const refuse = refusing(CORE_MESSAGES);

/** A refusal names its ground and tells what can be done about it (行政许可法 Art. 38): what the law has, where nothing is said. */
export function reasonsAreOwed(given: { article: string; reason: string; remedies?: string | null }): void {
  for (const field of ['article', 'reason', 'remedies'] as const) {
    if (given[field]?.trim() === '') {
      refuse('application.reasons-owed', { field }, 'input', cited(licensing(38)));
    }
  }
}
