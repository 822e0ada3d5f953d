import { type Socket } from 'node:net';
import { HTTP_MESSAGES, problemDetails } from '#libs/nest';

/** What is not HTTP never becomes a request; it is answered in the same form. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(
    problemDetails({ status: 400, code: 'http.bad-request', params: {} }, HTTP_MESSAGES, '', undefined),
  );
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
