import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogContents } from '#libs/shell/system';
import { UserError } from './failure.js';
import { isContentPath } from './file-contents.js';

/** Names in a backup, and in the data directory. */
export const LOG_FOLDER = 'events';
export const LOG_FILE = 'events/data.mdb';
export const SECRET_FILE = 'jwt-secret';
/** In a backup; in a data directory they are an environment of their own, or in MongoDB. */
export const KEYS_FILE = 'keys.jsonl';
export const KEYS_FOLDER = 'keys';
export const MANIFEST_FILE = 'manifest.json';
/** Files that a backup may hold in addition to its manifest, and to the contents of files. */
const BACKUP_FILES: readonly string[] = [LOG_FILE, SECRET_FILE, KEYS_FILE];

const FORMAT = 1;

export interface BackedUpFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** What a backup holds. */
export interface Manifest {
  readonly format: number;
  /** ISO instant. */
  readonly madeAt: string;
  readonly logId: string | null;
  readonly position: string | null;
  readonly events: number;
  readonly chain: string | null;
  readonly files: Readonly<Record<string, BackedUpFile>>;
}

/** A manifest, and the SHA-256 that identifies the whole backup. */
export interface SealedManifest {
  readonly manifest: Manifest;
  readonly digest: string;
}

export function manifestOf(
  { logId, position, events, chain }: LogContents,
  files: Manifest['files'],
  madeAt: string,
): SealedManifest {
  const manifest: Manifest = {
    format: FORMAT,
    madeAt,
    logId,
    position: position === null ? null : `${position}`,
    events,
    chain,
    files,
  };
  return { manifest, digest: digestOfManifest(manifest) };
}

/** The manifest ends with the digest of everything before it, so that no byte of it changes unnoticed. */
export function textOfManifest({ manifest, digest }: SealedManifest): string {
  return `${JSON.stringify({ ...manifest, digest }, null, 2)}\n`;
}

/** @throws UserError if there is none, it is not as it was written, or it has a later format */
export async function readManifest(folder: string): Promise<SealedManifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `${folder} is not a backup: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const sealed = parsed(text);
  if (
    sealed === null ||
    sealed.digest !== digestOfManifest(sealed.manifest) ||
    textOfManifest(sealed) !== text
  )
    throw new UserError(`${path} was changed after it was written`);
  if (sealed.manifest.format !== FORMAT)
    throw new UserError(`${path} is of format ${sealed.manifest.format}, but this release reads ${FORMAT}`);
  return sealed;
}

/** Reads the files of a backup. @throws UserError for one that is not as the manifest says */
export async function filesMustBeAsSaid(
  folder: string,
  { files }: Manifest,
  onRead: (bytes: number) => void,
): Promise<void> {
  const names = Object.keys(files);
  if (!names.includes(LOG_FILE) || names.some((name) => !BACKUP_FILES.includes(name) && !isContentPath(name)))
    throw new UserError(`${join(folder, MANIFEST_FILE)} does not name the files of a backup`);
  for (const [name, said] of Object.entries(files)) {
    const path = join(folder, name);
    const found = await fileAt(path, onRead).catch((error: unknown) => {
      if (error instanceof Error && 'syscall' in error)
        throw new UserError(`${path} cannot be read: ${error.message}`);
      throw error;
    });
    if (found.bytes !== said.bytes)
      throw new UserError(`${path} has ${found.bytes} bytes, and ${said.bytes} were backed up`);
    if (found.sha256 !== said.sha256)
      throw new UserError(
        `${path} is not what was backed up: SHA-256 ${found.sha256} instead of ${said.sha256}`,
      );
  }
}

export async function fileAt(path: string, onRead: (bytes: number) => void): Promise<BackedUpFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
    onRead(piece.length);
  }
  return { bytes, sha256: hash.digest('hex') };
}

export function bytesOf({ files }: Manifest): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** One sentence about which log it is. */
export function textOfContents({ logId, events, position, chain }: Manifest): string {
  const last = position === null ? '' : ` up to position ${position}`;
  return `${events} events${last}, log ${logId ?? 'without an id'}, chain ${chain ?? 'not begun'}`;
}

function digestOfManifest(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

function parsed(text: string): SealedManifest | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { digest, ...manifest } = value as Manifest & { readonly digest: string };
    return { manifest, digest };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
