export { type BlobAddress, BLOB_ADDRESS_RULE, blobAddressOf } from './blob-address.js';
export { BlobMissing, type BlobStore, type ByteRange } from './blob-store.js';
export { DiskBlobs } from './disk-blobs.js';
export { S3Blobs } from './s3-blobs.js';
export { type Received, Spool } from './spool.js';
export { sweep } from './sweep.js';
