import { crc32c } from '@node-rs/crc32';

/**
 * What is stored of the read models carries a checksum (CRC32C) of itself and its key, so that nothing is served that is not what
 * was written, be it changed or under another's key.
 */
export const SEAL_BYTES = 4;

/** Writes the seal at the beginning of a value, whose content follows it. */
export function seal(key: Buffer, value: Buffer): void {
  value.writeUInt32LE(checksum(key, value), 0);
}

/** `value` may be lmdb's own buffer, which is longer than the value in it; only `length` gives the value's end. */
export function isSealed(key: Buffer, value: Buffer): boolean {
  return value.length >= SEAL_BYTES && value.readUInt32LE(0) === checksum(key, value);
}

function checksum(key: Buffer, value: Buffer): number {
  const ofKey = crc32c(key);
  return value.length === SEAL_BYTES ? ofKey : crc32c(value.subarray(SEAL_BYTES, value.length), ofKey);
}
