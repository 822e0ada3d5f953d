import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LogDamaged } from '#libs/engine/event-sourcing';
import {
  BLOBS_FOLDER,
  type Config,
  contentsOfLog,
  copyEmbeddedLog,
  type LogContents,
} from '#libs/shell/system';
import {
  fileAt,
  KEYS_FILE,
  LOG_FILE,
  LOG_FOLDER,
  type BackedUpFile,
  MANIFEST_FILE,
  manifestOf,
  SECRET_FILE,
  type SealedManifest,
  textOfContents,
  textOfManifest,
} from './backup-manifest.js';
import { UserError } from './failure.js';
import { copyContents } from './file-contents.js';
import { fillFolder, flush } from './new-folder.js';
import { withKeys, writeKeys } from './personal-keys-file.js';
import { type Progress, progressOn } from './progress.js';
import { type CommonOptions, configOf, dataMustBeThere } from './session.js';

/**
 * On a busy machine a copy that LMDB made next to a writer once lacked its last page (docs/gotchas.md). The next one has it,
 * unless the log itself is damaged.
 */
const MOST_COPIES = 3;

/**
 * Copies the embedded log as it is at one moment, the keys of personal data and the key of the tokens, into a folder that is new or
 * empty; the server may be running. Read models are left out, for the server fills them anew from the log. Its manifest is moved into place last:
 * without it a folder is not a backup.
 */
export async function backupCommand(
  folder: string,
  options: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = configOf(options);
  logMustBeEmbedded(config);
  dataMustBeThere(config);
  const progress = progressOn(process.stderr);
  let sealed: SealedManifest;
  try {
    sealed = await fillFolder(
      folder,
      [SECRET_FILE, KEYS_FILE, LOG_FOLDER, BLOBS_FOLDER, MANIFEST_FILE],
      (unfinished) => made(unfinished, config, progress, signal),
    );
  } finally {
    progress.end();
  }
  process.stdout.write(
    `${textOfContents(sealed.manifest)}\n` +
      'read models are not in it: the server fills them anew from the log' +
      `${config.engines.mongoUrl === null ? '' : ' (to keep those in MongoDB, use its own backup)'}\n` +
      (config.files.address === null
        ? ''
        : 'contents of files are not in it: the object store of BLOBS_URL is backed up by its own means\n') +
      `backed up to ${folder}, SHA-256 ${sealed.digest}\n`,
  );
}

/** @throws UserError */
export function logMustBeEmbedded({ engines }: Config): void {
  if (engines.eventStoreUrl !== null)
    throw new UserError(
      'the log is in EventStoreDB (EVENTSTORE_URL): back it up and restore it by the means of EventStoreDB itself',
    );
}

/** Nothing of what was begun is kept. @throws UserError */
export function mustNotBeInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new UserError('interrupted: the incomplete output was removed');
}

async function made(
  folder: string,
  config: Config,
  progress: Progress,
  signal: AbortSignal,
): Promise<SealedManifest> {
  const madeAt = new Date().toISOString();
  const logFolder = join(folder, LOG_FOLDER);
  await mkdir(logFolder, { mode: 0o700 });
  const contents = await copied(folder, config, progress, signal);
  await rm(join(logFolder, 'lock.mdb'), { force: true });
  // After the log: a key is stored before the event that needs it.
  await withKeys(config, (keys) => writeKeys(keys, join(folder, KEYS_FILE)));
  // After the log, too: a content is kept before the event that names it.
  const contentPaths = await copyContents(config, folder);
  const names = [
    LOG_FILE,
    KEYS_FILE,
    ...((await copySecret(config, folder)) ? [SECRET_FILE] : []),
    ...contentPaths,
  ];
  const files: Record<string, BackedUpFile> = {};
  let read = 0;
  for (const name of names) {
    files[name] = await fileAt(join(folder, name), (bytes) => {
      mustNotBeInterrupted(signal);
      read += bytes;
      progress.show('reading', read, read);
    });
  }
  const sealed = manifestOf(contents, files, madeAt);
  await writeFile(join(folder, MANIFEST_FILE), textOfManifest(sealed), { mode: 0o600 });
  const folders = new Set(contentPaths.flatMap((path) => [dirname(path), BLOBS_FOLDER]));
  for (const name of [...names, MANIFEST_FILE, LOG_FOLDER, ...folders]) await flush(join(folder, name));
  return sealed;
}

/** The log in `folder`, read as a whole after it was copied. @throws LogDamaged when every copy is damaged */
async function copied(
  folder: string,
  config: Config,
  progress: Progress,
  signal: AbortSignal,
): Promise<LogContents> {
  const logFolder = join(folder, LOG_FOLDER);
  for (let copy = 1; ; copy += 1) {
    await copyEmbeddedLog(config, logFolder, (bytes, total) => progress.show('copying', bytes, total));
    mustNotBeInterrupted(signal);
    try {
      return await contentsOfLog(folder, (events) => {
        mustNotBeInterrupted(signal);
        progress.show('checking', events, events);
      });
    } catch (error) {
      const isOfTheFile = error instanceof LogDamaged && error.position === null;
      if (!isOfTheFile || copy === MOST_COPIES) throw error;
      await rm(join(folder, LOG_FILE));
    }
  }
}

/** False if there is no such file, because the key is in JWT_SECRET. */
async function copySecret({ dataDirectory }: Config, folder: string): Promise<boolean> {
  try {
    await copyFile(join(dataDirectory, SECRET_FILE), join(folder, SECRET_FILE));
    await chmod(join(folder, SECRET_FILE), 0o600);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
