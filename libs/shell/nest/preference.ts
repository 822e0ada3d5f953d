/** The preference of a caller who asks what a command would record (RFC 7240), as `Preference-Applied` repeats it. */
export const DRY_RUN = 'handling=dry-run';

/** A preference with its value, quoted or not; what follows a semicolon are parameters of it. */
const PREFERENCE = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)))?\s*(?:;.*)?$/s;
const BETWEEN = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/** Whether a `Prefer` header asks for a dry run. Of a preference that comes twice the first counts; others are ignored. */
export function prefersDryRun(header: string | readonly string[] | undefined): boolean {
  if (header === undefined) return false;
  const text = typeof header === 'string' ? header : header.join(',');
  for (const one of text.split(BETWEEN)) {
    const [, name, quoted, plain] = PREFERENCE.exec(one) ?? [];
    if (name?.toLowerCase() === 'handling') return (quoted ?? plain)?.toLowerCase() === 'dry-run';
  }
  return false;
}
