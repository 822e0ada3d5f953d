import { type BlobStore, type Received, type Spool } from '#libs/engine/blobs';
import {
  HttpProblem,
  InvalidInput,
  invalid,
  NAME_RULE,
  readText,
  retryLater,
  UNKNOWN_FIELD,
} from '#libs/shell/nest';
import { type MultipartFile } from '@fastify/multipart';
import { type FastifyRequest } from 'fastify';
import { kindOfFile } from './kind-of-file.js';
import { UploadPlaces } from './upload-places.js';
import { ScannerAway, type VirusScanner } from './virus-scanner.js';

const SCANNER_RETRY_SECONDS = 30;
/** Parts of one request in addition to the file, and characters of each. */
const MOST_FIELDS = 10;
const FIELD_BYTES = 4_096;
/** What surrounds the file in a request: the other parts, and the lines between parts. */
const AROUND_BYTES = 65_536;
/** The part that is the file. */
const FILE = 'file';

/** A file that has come in whole, of a kind that is taken, clean as far as anybody has looked. */
export interface Upload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The other parts of the request. */
  readonly fields: Readonly<Record<string, string>>;
}

/** From whom a file comes, and what else may be in the request. */
interface Taking {
  readonly person: string;
  readonly known: readonly string[];
  /** True where nothing is to be stored. */
  readonly isDryRun: boolean;
}

export interface UploadParts {
  readonly blobs: BlobStore;
  readonly spool: Spool;
  /** Null where nothing is scanned. */
  readonly scanner: VirusScanner | null;
  readonly maxBytes: number;
  readonly maxAtOnce: number;
}

/**
 * Takes files that are handed in. A file goes to disk as it comes, and only when it is whole, of a kind that is taken and scanned, it
 * is kept under its digest; then its event may be recorded. Whatever fails before leaves nothing that anybody can see.
 */
export class Uploads {
  private readonly places: UploadPlaces;

  constructor(private readonly parts: UploadParts) {
    this.places = new UploadPlaces(parts.maxAtOnce);
  }

  get blobs(): BlobStore {
    return this.parts.blobs;
  }

  /** Reads the request's file, and the fields that are known, and does `record` with it, once it is kept. */
  async take<Result>(
    request: FastifyRequest,
    { person, known, isDryRun }: Taking,
    record: (upload: Upload) => Promise<Result>,
  ): Promise<Result> {
    if (!request.isMultipart()) throw new HttpProblem(415, 'upload.not-multipart');
    const { maxBytes } = this.parts;
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > maxBytes + AROUND_BYTES) throw tooLarge(maxBytes);
    return this.places.within(person, async () => {
      const { received, declared, fields } = await this.received(request, known);
      try {
        if (received.bytes === 0) throw invalid(FILE, 'must not be empty', '文件不能为空');
        const mediaType = await this.kindOf(received, declared);
        await this.mustBeClean(received);
        const { file, sha256, bytes } = received;
        const upload = { fileName: declared.name, mediaType, bytes, sha256, fields };
        // What would be recorded is said of a file that came in, and was not kept.
        if (isDryRun) return await record(upload);
        await this.blobs.keep(file, sha256);
        const result = await record(upload);
        // Another process may have swept an older copy of the same content while this one was being recorded.
        if ((await this.blobs.find(sha256)) === null) await this.blobs.keep(file, sha256);
        return result;
      } finally {
        await received.discard();
      }
    });
  }

  private async received(
    request: FastifyRequest,
    known: readonly string[],
  ): Promise<{
    readonly received: Received;
    readonly declared: { readonly name: string; readonly mediaType: string };
    readonly fields: Readonly<Record<string, string>>;
  }> {
    const limits = {
      fileSize: this.parts.maxBytes,
      files: 1,
      fields: MOST_FIELDS,
      fieldSize: FIELD_BYTES,
      fieldNameSize: 100,
      headerPairs: 20,
    };
    let taken: { received: Received; declared: { name: string; mediaType: string } } | null = null;
    const fields = new Map<string, string>();
    try {
      for await (const part of request.parts({ limits })) {
        if (part.type === 'field') {
          if (!known.includes(part.fieldname)) throw unknownField(part.fieldname);
          if (fields.has(part.fieldname)) throw invalid(part.fieldname, 'must be there once', '不得重复');
          if (typeof part.value !== 'string' || part.valueTruncated)
            throw invalid(part.fieldname, 'must be a short text', '须为简短的文字');
          fields.set(part.fieldname, part.value);
        } else {
          if (part.fieldname !== FILE) throw unknownField(part.fieldname);
          const declared = { name: cleanName(part.filename), mediaType: part.mimetype };
          const received = await this.parts.spool.receive(part.file);
          taken = { received, declared };
          if (part.file.truncated) throw tooLarge(this.parts.maxBytes);
        }
      }
      if (taken === null) throw invalid(FILE, 'is required', '必须提交文件');
      return { ...taken, fields: Object.fromEntries(fields) };
    } catch (error) {
      await taken?.received.discard();
      throw faultOfForm(error, this.parts.maxBytes);
    }
  }

  private async kindOf(
    { file }: Received,
    declared: { readonly name: string; readonly mediaType: string },
  ): Promise<string> {
    const found = await kindOfFile({ file, ...declared });
    if (found.kind !== null) return found.kind.mediaType;
    const params = { field: FILE, found: found.found, declared: found.declared };
    throw found.fault === 'refused'
      ? new HttpProblem(415, 'upload.kind-refused', params)
      : new HttpProblem(422, 'upload.kind-differs', params);
  }

  private async mustBeClean({ file }: Received): Promise<void> {
    try {
      const virus = (await this.parts.scanner?.scan(file)) ?? null;
      if (virus !== null) throw new HttpProblem(422, 'upload.infected', { field: FILE, virus });
    } catch (error) {
      if (!(error instanceof ScannerAway)) throw error;
      throw retryLater(503, 'upload.scanner-away', SCANNER_RETRY_SECONDS);
    }
  }
}

const unknownField = (field: string) => invalid(field, UNKNOWN_FIELD.reason, UNKNOWN_FIELD.reasonZh);
const tooLarge = (limit: number) => new HttpProblem(413, 'upload.too-large', { field: FILE, limit });

/** The last part of what the sender calls it, by the rule of every name. @throws InvalidInput */
function cleanName(given: MultipartFile['filename'] | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const { text, fault } = readText(last, NAME_RULE);
  if (fault !== null) throw invalid(`${FILE}.filename`, fault.reason, fault.reasonZh);
  if (/^\.+$/.test(text)) throw invalid(`${FILE}.filename`, 'must be a name', '须为文件名');
  return text;
}

/** What the reader of multipart bodies throws, as refusals. */
function faultOfForm(error: unknown, limit: number): unknown {
  if (error instanceof HttpProblem || error instanceof InvalidInput || !(error instanceof Error))
    return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(limit);
  if (code === 'FST_FILES_LIMIT') return invalid(FILE, 'must be there once', '不得重复');
  if (code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT')
    return invalid('', `must not have more than ${MOST_FIELDS} parts`, `不得超过 ${MOST_FIELDS} 个部分`);
  const isCut =
    code === 'FST_MP_PREMATURE_CLOSE' || /terminated early|Unexpected end|aborted/.test(error.message);
  if (isCut) return new HttpProblem(400, 'upload.cut-off');
  const isOfForm =
    /Multipart|boundary|malformed|header/i.test(error.message) || code === 'FST_PROTO_VIOLATION';
  return isOfForm ? new HttpProblem(400, 'http.bad-request') : error;
}
