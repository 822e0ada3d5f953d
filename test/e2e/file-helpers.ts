import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { multipart, type SentFile } from '../support/multipart.js';
import { type Answer, type Body, type TestServer } from './server.js';

/** Files lie in the data directory, wherever the engines are. */
export const EMBEDDED = { EVENTSTORE_URL: '', MONGODB_URL: '' };
export const MATERIAL = '总平面图';
export const sha256Of = (content: string) => createHash('sha256').update(content).digest('hex');

type Sent = {
  readonly as?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Record<string, string>;
};

/** Files below a data directory in which contents are kept or come in. */
export const filesIn = (directory: string): readonly string[] =>
  ['blobs', 'uploads'].flatMap((folder) =>
    existsSync(join(directory, folder))
      ? readdirSync(join(directory, folder), { recursive: true, encoding: 'utf8' }).filter((path) =>
          statSync(join(directory, folder, path)).isFile(),
        )
      : [],
  );

/** What tests do with the files of a server, which is started later. */
export function filesOf(server: () => TestServer) {
  let projects = 0;
  return {
    /** A new application that was submitted. */
    submitted: async (as = 'demo-applicant'): Promise<string> => {
      const id = `files-${(projects += 1)}`;
      const matter = `${id}-LX-06`;
      const answers = [
        await server().post('/projects', as, { id, name: '冷库', template: 'small' }),
        await server().post(`/applications/${matter}/submission`, as, { materials: ['申请书'] }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 202]);
      return matter;
    },
    handIn: async (
      application: string,
      file: SentFile | null,
      { as = 'demo-applicant', fields = { material: MATERIAL }, headers = {} }: Sent = {},
    ): Promise<Answer> => {
      const { body, type } = multipart(fields, file);
      return server().send('POST', `/applications/${application}/documents`, {
        as,
        body,
        headers: { 'content-type': type, ...headers },
      });
    },
    listOf: async (application: string, as = 'demo-applicant'): Promise<Body> => {
      await server().caughtUp();
      return (await server().get(`/applications/${application}/documents`, as)).body.items;
    },
    download: async (application: string, document: string, headers: Record<string, string> = {}) => {
      const authorization = `Bearer ${await server().token('demo-applicant')}`;
      return fetch(`${server().url}/api/v1/applications/${application}/documents/${document}`, {
        headers: { authorization, ...headers },
      });
    },
    filesOnDisk: (): readonly string[] => filesIn(server().directory),
  };
}
