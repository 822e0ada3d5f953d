import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { ScannerAway, type VirusScanner } from './virus-scanner.js';

export interface ClamavAddress {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 3310;
/** Without a byte either way for so long the scanner counts as away. */
const SILENCE_MS = 60_000;
const MOST_REPLY_BYTES = 4_096;

export const CLAMAV_RULE = 'tcp://HOST[:PORT]';

/** Null where the text is not such an address. */
export function clamavAddressOf(text: string): ClamavAddress | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, pathname, search, username } = new URL(text);
  const isPlain = ['', '/'].includes(pathname) && search === '' && username === '';
  if (protocol !== 'tcp:' || hostname === '' || !isPlain) return null;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? DEFAULT_PORT : Number(port),
  };
}

/** clamd over TCP: `INSTREAM`, the content in pieces, each after its length in four bytes, and a length of zero. */
export class Clamav implements VirusScanner {
  constructor(
    private readonly address: ClamavAddress,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  async scan(file: string): Promise<string | null> {
    const socket = connect(this.address);
    socket.setTimeout(this.silenceMs, () => socket.destroy(new Error('no answer in time')));
    try {
      const reply = replyOf(socket);
      // Awaited below; a scanner that has had enough may answer before all is sent.
      reply.catch(() => undefined);
      await Promise.race([sent(socket, file), reply]);
      return verdictOf(await reply);
    } catch (error) {
      if (error instanceof ScannerAway) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ScannerAway(`clamd: ${reason}`, { cause: error });
    } finally {
      socket.destroy();
    }
  }
}

async function sent(socket: Socket, file: string): Promise<void> {
  await once(socket, 'connect');
  socket.write('zINSTREAM\0');
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    if (socket.destroyed) return;
  }
  socket.write(Buffer.alloc(4));
}

async function replyOf(socket: Socket): Promise<string> {
  let reply = '';
  for await (const piece of socket as AsyncIterable<Buffer>) {
    reply += piece.toString('utf8');
    if (reply.includes('\0') || reply.length > MOST_REPLY_BYTES) break;
  }
  return reply.split('\0')[0]?.trim() ?? '';
}

function verdictOf(reply: string): string | null {
  if (/^stream: OK$/.test(reply)) return null;
  const [, virus] = /^stream: (.+) FOUND$/.exec(reply) ?? [];
  if (virus === undefined) throw new ScannerAway(`clamd: ${reply === '' ? 'no answer' : reply}`);
  return virus;
}
