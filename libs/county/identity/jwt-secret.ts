import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'jwt-secret';
/** HS256 asks for a key of at least 256 bits (RFC 7518 section 3.2). */
const SECRET_BYTES = 32;

/**
 * The key that signs local tokens, from a file of the data directory that only its owner can read. The first process
 * makes it; of two that start at once, both end with the same one. So `ops token` works next to a running server.
 */
export async function jwtSecretOf(directory: string): Promise<Uint8Array> {
  const path = join(directory, FILE);
  return (await existing(path)) ?? (await create(directory, path));
}

async function existing(path: string): Promise<Uint8Array | null> {
  try {
    const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url');
    if (secret.length < SECRET_BYTES) throw new Error(`${path} holds fewer than ${SECRET_BYTES} bytes`);
    return secret;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written completely to a temporary file and linked into place: a link never replaces what another process put there. */
async function create(directory: string, path: string): Promise<Uint8Array> {
  await mkdir(directory, { recursive: true });
  const draft = join(directory, `${FILE}.${randomUUID()}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(SECRET_BYTES).toString('base64url')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const secret = await existing(path);
  if (secret === null) throw new Error(`${path} went away while it was read`);
  return secret;
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
