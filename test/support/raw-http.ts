import { connect } from 'node:net';

/** A body as JSON gives it: tests compare whole values. */
type Body = ReturnType<typeof JSON.parse>;

export interface RawAnswer {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** Lines of a request with the ends of line that HTTP wants, and an empty line after them. */
export const lines = (...all: readonly string[]): string => [...all, '', ''].join('\r\n');

/**
 * Sends bytes as they are and returns what came back until the server ended the connection. A request that the server
 * understands must ask it to (`connection: close`).
 */
export function exchange(url: string, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server ended the connection while we were sending: what it said before counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(parsed(received)));
  });
}

function parsed(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...headerLines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = Object.fromEntries(
    headerLines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 2),
    ]),
  );
  const content = text.slice(end + 4);
  const isJson = headers['content-type']?.includes('json') === true && content !== '';
  return {
    status: first === '' ? null : Number(first.split(' ')[1]),
    headers,
    body: isJson ? JSON.parse(content) : null,
  };
}
