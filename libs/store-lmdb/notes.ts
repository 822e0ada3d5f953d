/** What the keys of the store's own notes begin with. */
export const CHECKPOINT = 'checkpoint:';
export const LEASE = 'lease:';
export const LIVE = 'live:';
export const MODEL = 'model:';
export const SLOT = 'slot:';

/** The range of all notes of a kind. */
export function notesOf(kind: string): { readonly start: string; readonly end: string } {
  return { start: kind, end: `${kind}\u{10ffff}` };
}
