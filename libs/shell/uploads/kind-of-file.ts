import { open } from 'node:fs/promises';
import { MEDIA_KINDS, type MediaKind } from './media-kinds.js';

/** What the sender says of a file. */
export interface DeclaredFile {
  readonly file: string;
  readonly name: string;
  /** Of its part; `application/octet-stream` says nothing. */
  readonly mediaType: string;
}

/** What a file is; or why it is not taken, with what it was found or said to be. */
export type FoundKind =
  | { readonly kind: MediaKind; readonly fault: null }
  | {
      readonly kind: null;
      readonly fault: 'refused' | 'differs';
      readonly found: string;
      readonly declared: string;
    };

/** A sender who does not know the kind says this, or nothing. */
const UNSAID = ['', 'application/octet-stream', 'binary/octet-stream'];
const HEAD_BYTES = 65_536;

/** Markup and scripts, which browsers and systems run, have no number at their beginning: they are known by their first word. */
const RUNS =
  /^\s*(?:#!|@echo\s|<\?|<!|<(?:html|head|body|script|svg|iframe|object|embed|math|xml|style|link|meta)\b)|<(?:script|svg|html|iframe)\b|javascript:/i;

/**
 * What name, declared media type and first bytes say together. All that say something must agree: a picture is not sent as a document,
 * and what is none of the kinds that are taken is refused, whatever it is called.
 */
export async function kindOfFile({ file, name, mediaType }: DeclaredFile): Promise<FoundKind> {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  const extension = extensionOf(name);
  const declared = UNSAID.includes(type) ? extension : type;
  const isOfType = (kind: MediaKind) =>
    UNSAID.includes(type) || kind.mediaType === type || kind.aliases?.includes(type) === true;
  const isOfName = (kind: MediaKind) => extension === '' || kind.extensions.includes(extension);
  const found = await foundIn(file);
  const refused = (fault: 'refused' | 'differs'): FoundKind => ({ kind: null, fault, found, declared });

  const isKnown = MEDIA_KINDS.some(isOfType) && MEDIA_KINDS.some(isOfName);
  if (!isKnown || found === RUNNABLE || !isTaken(found)) return refused('refused');
  const said = MEDIA_KINDS.filter((kind) => isOfType(kind) && isOfName(kind));
  const agreeing = said.find((kind) =>
    found === TEXT ? kind.found.length === 0 : kind.found.includes(found),
  );
  return agreeing === undefined ? refused('differs') : { kind: agreeing, fault: null };
}

/** The kinds that first bytes cannot say. */
const TEXT = 'text';
const UNKNOWN = 'unknown';
const RUNNABLE = 'program';

const isTaken = (found: string): boolean =>
  found === TEXT || found === UNKNOWN || MEDIA_KINDS.some((kind) => kind.found.includes(found));

async function foundIn(file: string): Promise<string> {
  // Loaded with the first file: it knows some hundred formats.
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(file);
  if (found !== undefined) return found.mime.split(';')[0] ?? found.mime;
  const head = await headOf(file);
  if (!isText(head)) return UNKNOWN;
  return RUNS.test(head.toString('latin1')) ? RUNNABLE : TEXT;
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** In UTF-8 or in GB 18030, without control characters. */
function isText(head: Buffer): boolean {
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
    return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  });
}

function extensionOf(name: string): string {
  const [, extension = ''] = /[^.]\.([^.]+)$/.exec(name) ?? [];
  return extension.toLowerCase();
}
