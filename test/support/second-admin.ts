import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { AccountDirectory } from '#libs/county/identity';
import { OpenAccount } from '#libs/county/identity/http';
import { type Answer, type TestServer } from '../e2e/server.js';

const SECOND_ADMIN = 'second-admin';
const OPERATOR = { person: 'ops', post: null, department: null, role: 'admin' };

/** A second administrator, opened as the command line opens one. */
export async function secondAdmin({ app, system }: TestServer): Promise<string> {
  if ((await app.get(AccountDirectory).find(SECOND_ADMIN)) !== null) return SECOND_ADMIN;
  const now = new Date(system.clock.now()).toISOString();
  const command = Object.assign(new OpenAccount(), {
    ...{ id: SECOND_ADMIN, displayName: '第二管理员', role: 'admin' },
    meta: {
      ...{ commandId: `ops/${randomUUID()}`, actor: OPERATOR, onBehalfOf: null, occurredAt: now, now },
      ...{ correlationId: 'ops', causationId: null, traceparent: null, expectedRevision: null },
    },
  });
  await app.get(CommandBus).execute(command);
  return SECOND_ADMIN;
}

/** A command on an account as the first administrator sends it, confirmed by the second where it waits for one. */
export async function asTwoAdmins(server: TestServer, path: string, body: object): Promise<Answer> {
  const answer = await server.post(path, 'demo-admin', body);
  const { id, proposal } = answer.body;
  if (proposal === undefined) return answer;
  return server.post(`/accounts/${id}/change-confirmation`, await secondAdmin(server), { proposal });
}
