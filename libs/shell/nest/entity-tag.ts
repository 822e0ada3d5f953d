/** Whether If-None-Match names a tag, compared weakly (RFC 9110 section 13.1.2); false where it was not sent. */
export function isKnownTag(known: string | undefined, tag: string): boolean {
  if (known === undefined) return false;
  if (known.trim() === '*') return true;
  const tags: readonly string[] = known.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((each) => opaque(each) === opaque(tag));
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');
