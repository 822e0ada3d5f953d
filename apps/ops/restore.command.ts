import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BLOBS_FOLDER,
  type Config,
  contentsOfLog,
  type LogContents,
  mustHaveRoomFor,
} from '#libs/shell/system';
import { logMustBeEmbedded, mustNotBeInterrupted } from './backup.command.js';
import {
  bytesOf,
  filesMustBeAsSaid,
  KEYS_FILE,
  KEYS_FOLDER,
  LOG_FOLDER,
  type Manifest,
  readManifest,
  SECRET_FILE,
  textOfContents,
} from './backup-manifest.js';
import { UserError } from './failure.js';
import { isContentPath } from './file-contents.js';
import { fillFolder, flush } from './new-folder.js';
import { addKeys, withKeys } from './personal-keys-file.js';
import { type Progress, progressOn } from './progress.js';
import { type CommonOptions, configOf } from './session.js';

/**
 * Puts a backup into a data directory that does not exist or is empty. The backup is read and compared with its manifest first; what
 * was copied is read as a log and compared before it gets its name, so nothing that is half restored is ever found there.
 */
export async function restoreCommand(
  folder: string,
  options: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = configOf(options);
  logMustBeEmbedded(config);
  const { manifest, digest } = await readManifest(folder);
  const progress = progressOn(process.stderr);
  try {
    await fillFolder(
      config.dataDirectory,
      [SECRET_FILE, KEYS_FOLDER, LOG_FOLDER, BLOBS_FOLDER],
      async (unfinished) => {
        const total = bytesOf(manifest);
        let read = 0;
        await filesMustBeAsSaid(folder, manifest, (bytes) => {
          mustNotBeInterrupted(signal);
          progress.show('reading', (read += bytes), total);
        });
        mustHaveRoomFor(total, unfinished, config.engines);
        await put(folder, manifest, unfinished, progress, signal);
        if (manifest.files[KEYS_FILE] !== undefined)
          await putKeys(join(folder, KEYS_FILE), unfinished, config.engines);
      },
    );
  } finally {
    progress.end();
  }
  process.stdout.write(
    `${textOfContents(manifest)}\n` +
      'read models are not in a backup: the server fills them anew from the log\n' +
      `restored to ${config.dataDirectory} from ${folder}, made ${manifest.madeAt}, SHA-256 ${digest}\n` +
      rebuildHint(config),
  );
}

/** Read models elsewhere may have seen events that the backup does not hold; the processes refuse to start then. */
const rebuildHint = ({ engines }: Config): string =>
  engines.mongoUrl === null
    ? ''
    : 'those in MongoDB may be newer: npm run ops -- rebuild --accept-log throws them away\n';

async function put(
  folder: string,
  manifest: Manifest,
  unfinished: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(join(unfinished, LOG_FOLDER), { mode: 0o700 });
  for (const name of Object.keys(manifest.files).filter((each) => each !== KEYS_FILE)) {
    mustNotBeInterrupted(signal);
    const path = join(unfinished, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await copyFile(join(folder, name), path);
    await chmod(path, 0o600);
    await flush(path);
  }
  const folders = Object.keys(manifest.files)
    .filter(isContentPath)
    .flatMap((path) => [dirname(path), BLOBS_FOLDER]);
  for (const name of new Set([LOG_FOLDER, ...folders])) await flush(join(unfinished, name));
  const contents = await contentsOfLog(unfinished, (events) => {
    mustNotBeInterrupted(signal);
    progress.show('checking', events, manifest.events);
  });
  mustBeAsSaid(contents, manifest);
  await rm(join(unfinished, LOG_FOLDER, 'lock.mdb'), { force: true });
}

/** Where the read models are in MongoDB, so are the keys: those of the backup are added to what is there. */
async function putKeys(file: string, unfinished: string, engines: Config['engines']): Promise<void> {
  await withKeys({ dataDirectory: unfinished, engines }, (keys) => addKeys(keys, file));
  await rm(join(unfinished, KEYS_FOLDER, 'lock.mdb'), { force: true });
}

function mustBeAsSaid({ logId, events, position, chain }: LogContents, manifest: Manifest): void {
  const found = [logId, events, position === null ? null : `${position}`, chain];
  const said = [manifest.logId, manifest.events, manifest.position, manifest.chain];
  if (JSON.stringify(found) !== JSON.stringify(said))
    throw new UserError('the restored log is not the one that the manifest names');
}
