import { join } from 'node:path';
import { type BlobStore, DiskBlobs, S3Blobs } from '#libs/engine/blobs';
import { type Config } from './config.js';

/** In the data directory: contents of files, where they are not kept elsewhere. */
export const BLOBS_FOLDER = 'blobs';

/** Where the contents of files are kept. Opening connects to nothing. */
export function blobsOf({ dataDirectory, files }: Pick<Config, 'dataDirectory' | 'files'>): BlobStore {
  return files.address === null
    ? new DiskBlobs(join(dataDirectory, BLOBS_FOLDER))
    : new S3Blobs(files.address);
}
