import { createHash } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BlobMissing, type BlobStore } from '#libs/engine/blobs';
import { type EventStore } from '#libs/engine/event-sourcing';
import { BLOBS_FOLDER, blobsOf, type Config } from '#libs/shell/system';

/** Types of events that name a content, and where. */
const NAMING = 'MaterialFileHandedIn';

/** What a look at the contents of all files found. */
export interface ContentsCheck {
  readonly contents: number;
  readonly problems: readonly string[];
}

/** Every content that the log names is there, and is what was handed in. */
export async function checkContents(
  log: Pick<EventStore, 'readAll'>,
  blobs: BlobStore,
  onRead: (contents: number) => void,
): Promise<ContentsCheck> {
  const problems: string[] = [];
  const seen = new Set<string>();
  for await (const { data, stream } of log.readAll(null, { types: [NAMING] })) {
    const { sha256, bytes } = (data as { readonly file: { readonly sha256: string; readonly bytes: number } })
      .file;
    if (seen.has(sha256)) continue;
    seen.add(sha256);
    onRead(seen.size);
    const problem = await problemOf(blobs, sha256, bytes);
    if (problem !== null) problems.push(`${sha256} (${stream}): ${problem}`);
  }
  return { contents: seen.size, problems };
}

async function problemOf(blobs: BlobStore, sha256: string, bytes: number): Promise<string | null> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const piece of (await blobs.read(sha256)) as AsyncIterable<Buffer>) {
      hash.update(piece);
      read += piece.length;
    }
  } catch (error) {
    if (error instanceof BlobMissing) return 'is missing';
    throw error;
  }
  if (read !== bytes) return `has ${read} bytes, and ${bytes} were handed in`;
  return hash.digest('hex') === sha256 ? null : 'is not what was handed in';
}

/** A path of a backup that is a content. */
export const isContentPath = (path: string): boolean => /^blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path);

/** Copies the contents of files into a backup, where they are kept in the data directory. Returns their paths in it. */
export async function copyContents(config: Config, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  if (config.files.address !== null) return paths;
  for await (const { sha256 } of blobsOf(config).all()) {
    const path = `${BLOBS_FOLDER}/${sha256.slice(0, 2)}/${sha256}`;
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    // What no event names may be swept in the meantime.
    if (await copied(join(config.dataDirectory, path), join(folder, path))) paths.push(path);
  }
  return paths;
}

async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
