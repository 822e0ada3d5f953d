import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { HTTP_MESSAGES, problemDetails, type Refusal } from '#libs/shell/nest';
import { HEADERS_WITHOUT_ROUTE } from './security-headers.js';

/** Methods that some address takes, for answers where no address is known. */
export const METHODS = 'GET, HEAD, POST, DELETE';

const REQUEST_LINE = /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1\.[01]\r\n/;

/** An error of the parser of HTTP. */
export interface ParserError extends Error {
  readonly code?: string;
  /** What had come when it failed. */
  readonly rawPacket?: unknown;
}

const METHOD_NOT_ALLOWED: Refusal = {
  status: 405,
  code: 'http.method-not-allowed',
  params: {},
  headers: { allow: METHODS },
};

/** The answer to a request that could not be parsed. */
export function refusalOfParser({ code, rawPacket }: ParserError): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, code: 'http.too-slow', params: {} };
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'http.headers-too-large', params: {} };
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return { status: 413, code: 'http.too-large', params: {} };
  // The parser knows a list of methods. Another one is a good request of a method that nothing here takes.
  if (
    code === 'HPE_INVALID_METHOD' &&
    Buffer.isBuffer(rawPacket) &&
    REQUEST_LINE.test(rawPacket.toString('latin1'))
  ) {
    return METHOD_NOT_ALLOWED;
  }
  return { status: 400, code: 'http.bad-request', params: {} };
}

/** Writes a refusal in the usual form to a connection without a request, and ends it. */
export function refuseConnection(socket: Socket, refusal: Refusal): void {
  const body = JSON.stringify(problemDetails(refusal, { messages: HTTP_MESSAGES }, '', undefined));
  const headers = Object.entries({
    ...HEADERS_WITHOUT_ROUTE,
    ...refusal.headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': `${Buffer.byteLength(body)}`,
    connection: 'close',
  });
  socket.write(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? 'Error'}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
  );
  socket.destroySoon();
}

/** This server opens no tunnels. Node passes such a request to this listener only. */
export function refuseTunnel(socket: Socket): void {
  refuseConnection(socket, METHOD_NOT_ALLOWED);
}
