import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '#libs/engine/event-sourcing-testing';
import { filesWith } from '../support/files-with.js';
import { multipart, PDF } from '../support/multipart.js';
import { EMBEDDED, filesOf, MATERIAL, sha256Of } from './file-helpers.js';
import { type Body, TestServer } from './server.js';

const NAME = '欧阳明月祺的总平面图.pdf';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ env: { ...EMBEDDED, UPLOAD_LIMIT: '3000000' } });
});
afterAll(() => server.remove());

const { submitted, handIn, listOf, download, filesOnDisk } = filesOf(() => server);

describe('22 materials are files', () => {
  test('22 a file is handed in, listed, and downloaded as it was', async () => {
    const application = await submitted();
    const answer = await handIn(application, { name: NAME, content: PDF });
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        id: application,
        revision: '1',
        position: expect.any(String),
        document: '1',
        mediaType: 'application/pdf',
        bytes: PDF.length,
        sha256: sha256Of(PDF),
      },
    ]);
    expect(answer.headers.get('location')).toBe(`/api/v1/applications/${application}/documents/1`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(await listOf(application)).toEqual([
      {
        document: '1',
        material: MATERIAL,
        name: NAME,
        mediaType: 'application/pdf',
        bytes: PDF.length,
        sha256: sha256Of(PDF),
        handedInAt: expect.any(String),
        handedInBy: 'demo-applicant',
      },
    ]);
    for (const named of ['1', sha256Of(PDF)]) {
      const file = await download(application, named);
      expect([file.status, await file.text()]).toEqual([200, PDF]);
      expect(
        ['content-type', 'content-length', 'etag', 'x-content-type-options', 'content-disposition'].map(
          (name) => file.headers.get(name),
        ),
      ).toEqual([
        'application/pdf',
        `${PDF.length}`,
        `"${sha256Of(PDF)}"`,
        'nosniff',
        `attachment; filename="__________.pdf"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
      ]);
    }
  });

  test('22 a part is 206, one beyond the end 416, the same again 304', async () => {
    const application = await submitted();
    await handIn(application, { name: '图.pdf', content: PDF });
    await server.caughtUp();
    const part = await download(application, '1', { range: 'bytes=1-3' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 1-3/${PDF.length}`,
      'PDF',
    ]);
    const beyond = await download(application, '1', { range: 'bytes=9999-' });
    const problem = (await beyond.json()) as Body;
    expect([beyond.status, beyond.headers.get('content-range'), problem.code]).toEqual([
      416,
      `bytes */${PDF.length}`,
      'upload.range-not-satisfiable',
    ]);
    const same = await download(application, '1', { 'if-none-match': `"${sha256Of(PDF)}"` });
    expect([same.status, await same.text()]).toEqual([304, '']);
    const changed = await download(application, '1', { range: 'bytes=1-3', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
  });

  test.each([
    ['no file', null, { material: MATERIAL }, 400, 'file'],
    ['an empty file', { name: '图.pdf', content: '' }, { material: MATERIAL }, 400, 'file'],
    ['no material', { name: '图.pdf', content: PDF }, {}, 400, 'material'],
    ['a blank material', { name: '图.pdf', content: PDF }, { material: ' ' }, 400, 'material'],
    [
      'a field that nobody knows',
      { name: '图.pdf', content: PDF },
      { material: MATERIAL, sha256: 'x' },
      400,
      'sha256',
    ],
    ['a name that is none', { name: '..', content: PDF }, { material: MATERIAL }, 400, 'file.filename'],
    [
      'a name that disguises itself',
      { name: 'a\u202efdp.pdf', content: PDF },
      { material: MATERIAL },
      400,
      'file.filename',
    ],
    [
      'a name that is too long',
      { name: `${'图'.repeat(220)}.pdf`, content: PDF },
      { material: MATERIAL },
      400,
      'file.filename',
    ],
  ])('22 %s is refused by its field, and nothing is stored', async (_, file, fields, status, field) => {
    const application = await submitted();
    const before = [await server.events(), filesOnDisk().length];
    const { status: answered, body } = await handIn(application, file, { fields });
    expect([answered, body.errors?.map((one: Body) => one.field)]).toEqual([status, [field]]);
    expect(await server.events()).toBe(before[0]);
    expect(await listOf(application)).toEqual([]);
  });

  test.each([
    ['a program', { name: '图.pdf', content: `MZ${'\0'.repeat(200)}` }, 415, 'upload.kind-refused'],
    ['HTML', { name: 'a.html', content: '<html></html>', type: 'text/html' }, 415, 'upload.kind-refused'],
    ['SVG', { name: 'a.svg', content: '<svg/>', type: 'image/svg+xml' }, 415, 'upload.kind-refused'],
    [
      'another kind than declared',
      { name: 'a.png', content: PDF, type: 'image/png' },
      422,
      'upload.kind-differs',
    ],
  ])('22 %s is refused, and nothing is kept', async (_, file, status, code) => {
    const application = await submitted();
    const before = filesOnDisk();
    const { status: answered, body } = await handIn(application, file);
    expect([answered, body.code, body.params.field]).toEqual([status, code, 'file']);
    expect(filesOnDisk()).toEqual(before);
  });

  test('22 a file of three megabytes is taken although no other body may be so large; one byte over the limit is 413', async () => {
    const application = await submitted();
    const large = PDF + 'x'.repeat(3_000_000 - PDF.length);
    expect((await handIn(application, { name: '图.pdf', content: large })).status).toBe(201);
    const { status, body } = await handIn(application, { name: '图.pdf', content: `${large}x` });
    expect([status, body.code, body.params]).toEqual([
      413,
      'upload.too-large',
      { field: 'file', limit: 3_000_000 },
    ]);
    const { status: far } = await handIn(application, { name: '图.pdf', content: 'x'.repeat(3_200_000) });
    expect(far).toBe(413);
    expect((await listOf(application)).length).toBe(1);
  });

  test('22 files are taken by the route of files alone, and it takes nothing else', async () => {
    const application = await submitted();
    const { body, type } = multipart({ material: MATERIAL }, { name: '图.pdf', content: PDF });
    const other = await server.send('POST', `/applications/${application}/acceptance`, {
      as: 'demo-window',
      body,
      headers: { 'content-type': type },
    });
    expect([other.status, other.body.code]).toEqual([415, 'http.unsupported-media-type']);
    const json = await server.post(`/applications/${application}/documents`, 'demo-applicant', {
      material: MATERIAL,
      fileName: 'x.pdf',
      mediaType: 'application/pdf',
      bytes: 1,
      sha256: 'a'.repeat(64),
    });
    expect([json.status, json.body.code]).toEqual([415, 'upload.not-multipart']);
  });

  test('22 the same file for the same material is there once; a retry with its key gets the first answer', async () => {
    const application = await submitted();
    const headers = { 'idempotency-key': `once-${application}` };
    const first = await handIn(application, { name: '图.pdf', content: PDF }, { headers });
    const again = await handIn(application, { name: '图.pdf', content: PDF }, { headers });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const other = await handIn(application, { name: '另.pdf', content: PDF });
    expect([other.status, other.body.code, other.body.params.document]).toEqual([
      409,
      'application.file-handed-in-before',
      '1',
    ]);
    const secondMaterial = await handIn(
      application,
      { name: '图.pdf', content: PDF },
      { fields: { material: '申请书' } },
    );
    expect([secondMaterial.status, secondMaterial.body.document]).toEqual([201, '2']);
  });

  test('22 a dry run says what would be recorded, and keeps nothing', async () => {
    const application = await submitted();
    const before = [filesOnDisk(), await server.events()];
    const file = { name: '图.pdf', content: `${PDF}dry` };
    const { status, body } = await handIn(application, file, { headers: { prefer: 'handling=dry-run' } });
    expect([status, body.events.map(({ type }: Body) => type)]).toEqual([200, ['MaterialFileHandedIn']]);
    expect([filesOnDisk(), await server.events()]).toEqual(before);
  });

  test('22 only those who may see the application see its files; a stranger hands nothing in, and no file is read for it', async () => {
    const application = await submitted();
    await handIn(application, { name: '图.pdf', content: PDF });
    await server.caughtUp();
    const path = `/applications/${application}/documents`;
    expect((await server.get(path, 'demo-window')).status).toBe(200);
    expect((await server.get(`${path}/1`, 'demo-supervisor')).status).toBe(200);
    const other = {
      id: `other-${application}`,
      displayName: '外人',
      role: 'applicant',
      password: 'heron-bridge-0815',
    };
    await server.post('/accounts', 'demo-admin', other);
    await server.caughtUp();
    expect((await server.get(path, other.id)).status).toBe(403);
    expect((await server.get(`${path}/1`, other.id)).status).toBe(403);
    const { status, body } = await handIn(
      application,
      { name: '图.pdf', content: `${PDF} ` },
      { as: other.id },
    );
    expect([status, body.code]).toEqual([403, 'application.not-the-applicant']);
    expect((await server.get(`${path}/7`, 'demo-window')).status).toBe(404);
    expect((await server.get('/applications/none-LX-06/documents', 'demo-window')).status).toBe(404);
    const none = await handIn('none-LX-06', { name: '图.pdf', content: PDF });
    expect([none.status, none.body.code]).toEqual([404, 'application.not-submitted']);
  });

  test('22 免提交: a file of an earlier application of the same applicant is used again, that of another applicant is not', async () => {
    const earlier = await submitted();
    await handIn(earlier, { name: NAME, content: PDF });
    const later = await submitted();
    const reuse = (application: string, document: string) =>
      server.post(`/applications/${later}/reused-documents`, 'demo-applicant', {
        material: MATERIAL,
        application,
        document,
      });
    const { status, body } = await reuse(earlier, '1');
    expect([status, body.document, body.sha256]).toEqual([202, '1', sha256Of(PDF)]);
    const [file] = await listOf(later);
    expect([file.name, file.sha256, file.reusedFrom]).toEqual([
      NAME,
      sha256Of(PDF),
      { application: earlier, document: '1' },
    ]);
    expect(await (await download(later, '1')).text()).toBe(PDF);
    const missing = await reuse(earlier, '2');
    expect([missing.status, missing.body.code]).toEqual([422, 'application.no-file-to-reuse']);
    const other = {
      id: `owner-${later}`,
      displayName: '外人',
      role: 'applicant',
      password: 'heron-bridge-0815',
    };
    await server.post('/accounts', 'demo-admin', other);
    await server.caughtUp();
    const theirs = await submitted(other.id);
    await handIn(theirs, { name: '图.pdf', content: PDF }, { as: other.id });
    const stolen = await reuse(theirs, '1');
    expect([stolen.status, stolen.body.code]).toEqual([422, 'application.no-file-to-reuse']);
  });

  test('22 the name of a file is in no byte of the log or the read models', async () => {
    expect(filesWith('欧阳明月祺', join(server.directory, 'events'))).toEqual([]);
    expect(filesWith('欧阳明月祺', join(server.directory, 'read-models'))).toEqual([]);
  });

  test('22 a connection that is cut in the middle leaves nothing that anybody sees', async () => {
    const application = await submitted();
    const before = [filesOnDisk().length, await server.events()];
    const { body, type } = multipart({ material: MATERIAL }, { name: '图.pdf', content: PDF });
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => socket.destroy());
    socket.write(
      [
        `POST /api/v1/applications/${application}/documents HTTP/1.1`,
        'host: here',
        `authorization: Bearer ${await server.token('demo-applicant')}`,
        `content-type: ${type}`,
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body.slice(0, body.indexOf('endobj')),
      ].join('\r\n'),
    );
    await until('the file has begun to come in', () => filesOnDisk().length > (before[0] ?? 0));
    socket.destroy();
    await until('nothing of it is left', () => filesOnDisk().length === before[0]);
    expect([await server.events(), await listOf(application)]).toEqual([before[1], []]);
  });
});
