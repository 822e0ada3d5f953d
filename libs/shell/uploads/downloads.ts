import { BlobMissing, type BlobStore, type ByteRange } from '#libs/engine/blobs';
import { HttpProblem, isKnownTag } from '#libs/shell/nest';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Readable } from 'node:stream';

/** A file as it is sent. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Answers with a file, or the one part of it that is asked for (RFC 9110 section 14). It is always saved, never shown: whatever is in
 * it runs nowhere.
 * @throws HttpProblem 416; 503 where the content is missing
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  { fileName, mediaType, bytes, sha256 }: Download,
): Promise<Readable | null> {
  const etag = `"${sha256}"`;
  void reply
    .header('etag', etag)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', attachment(fileName));
  if (isKnownTag(request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return null;
  }
  const range = isOfThis(request.headers['if-range'], etag) ? rangeOf(request.headers.range, bytes) : null;
  if (range === 'none') {
    throw new HttpProblem(
      416,
      'upload.range-not-satisfiable',
      { bytes },
      { 'content-range': `bytes */${bytes}` },
    );
  }
  const content = await blobs.read(sha256, range ?? undefined).catch((error: unknown) => {
    throw error instanceof BlobMissing ? new HttpProblem(503, 'upload.content-missing') : error;
  });
  if (range !== null) {
    void reply.status(206).header('content-range', `bytes ${range.first}-${range.last}/${bytes}`);
  }
  void reply
    .header('content-type', mediaType)
    .header('content-length', range === null ? bytes : range.last - range.first + 1);
  return content;
}

/** RFC 6266: the name in ASCII for old programs, and as it is. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

/** If-Range with another validator asks for the whole. */
const isOfThis = (header: string | string[] | undefined, etag: string): boolean =>
  header === undefined || header === etag;

/** Null: the whole, since no part was asked for, several were, or in a way that is not understood. */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'none' | null {
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '');
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), bytes);
    return length === 0 ? 'none' : { first: bytes - length, last: bytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= bytes ? 'none' : { first, last };
}
