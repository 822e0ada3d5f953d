import { type Server, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';

/** The open connections of an HTTP server, and what each waits for. */
export class Connections {
  private readonly pending = new Map<Socket, Set<ServerResponse>>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.pending.set(socket, new Set());
      socket.once('close', () => this.pending.delete(socket));
    });
    server.on('request', (request, response) => {
      const answers = this.pending.get(request.socket);
      answers?.add(response);
      response.once('close', () => answers?.delete(response));
    });
  }

  /** True once a part of an answer was sent: another answer would be read as the rest of it. */
  isAnswering(socket: Socket): boolean {
    return [...(this.pending.get(socket) ?? [])].some(({ headersSent }) => headersSent);
  }

  /** Ends those on which no request has come in whole: idle ones, half a head, half a body. Nothing was accepted there. */
  cutUnfinished(): void {
    for (const [socket, answers] of this.pending) {
      if (![...answers].some(({ req }) => req.complete)) socket.destroy();
    }
  }
}
