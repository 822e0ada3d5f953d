import { cited, licensing } from '#libs/law/citations';
import { refusing } from './refuse.js';
import { CORE_MESSAGES } from './core.messages.js';

const refuse = refusing(CORE_MESSAGES);

/** A refusal names its ground and the remedies (行政许可法 Art. 38): by default those of the law. */
export function reasonsAreOwed(given: {
  article?: string | null;
  reason: string;
  remedies?: string | null;
}): void {
  for (const field of ['article', 'reason', 'remedies'] as const) {
    if (given[field]?.trim() === '') {
      refuse('application.reasons-owed', { field }, 'input', cited(licensing(38)));
    }
  }
}
