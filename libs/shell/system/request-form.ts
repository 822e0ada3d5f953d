import { type IncomingMessage } from 'node:http';
import { HttpProblem } from '#libs/shell/nest';
import { METHODS } from './client-errors.js';

/** The path of a request whose target is a whole address, as a proxy may send it (RFC 9112 section 3.2.2). */
export function pathOf(target: string): string {
  const match = /^https?:\/\/[^/?#]*([^#]*)/i.exec(target);
  if (match === null) return target;
  const path = match[1] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** What is wrong with how a request is put, whatever it asks for; null when nothing is. */
export function faultOfForm(request: IncomingMessage): HttpProblem | null {
  const { headers, headersDistinct, httpVersion, method, url } = request;
  // One host for HTTP/1.1, or it is not known whom the sender meant (RFC 9112 section 3.2).
  const hosts = headersDistinct['host']?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return new HttpProblem(400, 'http.bad-request');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return new HttpProblem(417, 'http.expectation-failed');
  }
  if (url === '*') {
    return method === 'OPTIONS'
      ? new HttpProblem(405, 'http.method-not-allowed', {}, { allow: METHODS })
      : new HttpProblem(400, 'http.bad-request');
  }
  const isEncoded = (header: string | undefined, plain: string) =>
    header !== undefined && header.trim().toLowerCase() !== plain;
  if (
    isEncoded(headers['content-encoding'], 'identity') ||
    isEncoded(headers['transfer-encoding'], 'chunked')
  ) {
    return new HttpProblem(415, 'http.unsupported-encoding', {}, { 'accept-encoding': 'identity' });
  }
  return null;
}
