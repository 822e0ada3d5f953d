import { copyLmdbLog, DataDisk } from '#libs/engine/store-lmdb';
import { type Config } from './config.js';

export { contentsOfLmdbLog as contentsOfLog, type LogContents } from '#libs/engine/store-lmdb';

/**
 * Copies the embedded log as it is at this moment into a folder that exists, while a server may append to it.
 * @throws LogDamaged, StoreFull, StoreBroken, StoreUnavailable
 */
export function copyEmbeddedLog(
  { dataDirectory, engines }: Pick<Config, 'dataDirectory' | 'engines'>,
  folder: string,
  onCopied: (bytes: number, total: number) => void,
): Promise<void> {
  const disk = new DataDisk(folder, { reserve: engines.diskReserve });
  return copyLmdbLog(dataDirectory, folder, { disk, onCopied });
}

/** Checks that `bytes` fit onto the disk of a folder in addition to `DISK_RESERVE`. @throws StoreFull */
export function mustHaveRoomFor(bytes: number, folder: string, { diskReserve }: Config['engines']): void {
  new DataDisk(folder, { reserve: diskReserve }).mustHaveRoom(bytes);
}
