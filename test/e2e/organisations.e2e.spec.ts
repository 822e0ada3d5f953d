import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { creditCodeOf } from '../support/credit-codes.js';
import { type Answer, type Body, TestServer } from './server.js';

/** Texts that are nowhere else in the world. */
const LEGAL_PERSON = '诸葛长岭之';
const HANDLER = { name: '东方既白水', telephone: '0414-68229173', idNumber: '210521199001019990' };
const [OWN, OTHER] = [creditCodeOf(7_001), creditCodeOf(7_002)];
const ENTRY = { name: '本溪县水洞酒业有限公司', address: '小市镇政府路1号', legalPerson: LEGAL_PERSON };

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  for (const [id, role, creditCode] of [
    ['cave-wine', 'applicant', OWN],
    ['cave-tea', 'applicant', OTHER],
  ]) {
    const body = { id, displayName: '企业账号', role, creditCode, password: 'heron-bridge-0815-slate' };
    expect((await server.post('/accounts', 'demo-admin', body)).status).toBe(201);
  }
});
afterAll(() => server.remove());

const said = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;

async function read(path: string, as: string): Promise<Body> {
  await server.caughtUp();
  const { status, body } = await server.get(path, as);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

test('4 an organisation is registered once, under a code that is right', async () => {
  const register = (id: string, more: object = {}) =>
    server.post('/organisations', 'demo-window', { id, ...ENTRY, ...more });
  const wrong = `${OWN.slice(0, -1)}${OWN.endsWith('0') ? '1' : '0'}`;
  expect([
    said(await register('x')),
    said(await register(wrong)),
    said(await register(OWN, { legalPerson: ' ' })),
    said(await server.post('/organisations', 'demo-applicant', { id: OWN, ...ENTRY })),
    said(await server.post(`/organisations/${OWN}/handling-persons`, 'demo-window', HANDLER)),
  ]).toEqual([
    '422 account.credit-code-malformed',
    '422 account.credit-code-check-character',
    '400 http.invalid-input',
    '403 http.wrong-role',
    '404 organisation.unknown',
  ]);
  const both = await Promise.all([register(OWN), register(OWN)]);
  expect(both.map(said).sort()).toEqual(['201 ok', '409 organisation.exists']);
});

test('4 its persons are shown to itself and to those in office, and to nobody else', async () => {
  const persons = `/organisations/${OWN}/handling-persons`;
  expect(said(await server.post(persons, 'demo-window', HANDLER))).toBe('202 ok');
  const { since } = (await read(`/organisations/${OWN}`, 'cave-wine'))['handlingPersons'][0];
  const whole = {
    ...{ id: OWN, ...ENTRY },
    handlingPersons: [{ number: 1, ...HANDLER, since, until: null }],
    revision: '1',
  };
  for (const person of ['cave-wine', 'demo-window', 'demo-supervisor', 'demo-admin'])
    expect(await read(`/organisations/${OWN}`, person)).toEqual(whole);
  const { legalPerson: _, handlingPersons: __, ...open } = whole;
  for (const person of ['cave-tea', 'demo-applicant'])
    expect(await read(`/organisations/${OWN}`, person)).toEqual(open);
  expect((await server.get(`/organisations/${OTHER}`, 'demo-admin')).status).toBe(404);
});

test('4 what identifies a person is sealed in the log', async () => {
  const events: string[] = [];
  for await (const { stream, type, data } of server.system.eventStore.readAll(null)) {
    if (stream === `organisation-${OWN}`) events.push(`${type} ${JSON.stringify(data)}`);
  }
  expect(events.map((event) => event.split(' ', 1)[0])).toEqual([
    'OrganisationRegistered',
    'HandlingPersonNamed',
  ]);
  const all = events.join();
  expect([LEGAL_PERSON, ...Object.values(HANDLER)].filter((text) => all.includes(text))).toEqual([]);
  expect(all).toContain(ENTRY.name);
});

test('4 a project names its developer, and a case the organisation that applies', async () => {
  await server.post('/projects', 'cave-wine', { id: 'cave', name: '酒窖', template: 'small' });
  const named = { creditCode: OWN, name: ENTRY.name };
  expect((await read('/projects/cave', 'cave-wine'))['developer']).toEqual(named);
  expect(said(await server.post('/applications/cave-LX-06/submission', 'cave-wine', {}))).toBe('202 ok');
  expect((await read('/applications/cave-LX-06', 'demo-window'))['organisation']).toEqual(named);
  await server.post('/projects', 'demo-applicant', { id: 'demo', name: '演示', template: 'small' });
  expect((await read('/projects/demo', 'demo-applicant'))['developer']).toEqual({
    creditCode: '91210521MA0DEMXY0Q',
    name: '本溪县演示建设有限公司',
  });
  await server.post('/projects', 'cave-tea', { id: 'tea', name: '茶园', template: 'small' });
  expect((await read('/projects/tea', 'cave-tea'))['developer']).toBe(null);
});

test('4 an entry is corrected as a whole, and a person who left no longer acts for it', async () => {
  const changed = { name: '水洞酒业集团', address: '小市镇政府路2号', legalPerson: '令狐之后' };
  const reason = '企业更名';
  const path = `/organisations/${OWN}`;
  expect([
    said(await server.post(`${path}/correction`, 'demo-window', { ...changed, reason })),
    said(await server.post(`${path}/handling-person-end`, 'demo-window', { number: 2, reason: '离职' })),
    said(await server.post(`${path}/handling-person-end`, 'demo-window', { number: 1, reason: '离职' })),
    said(await server.post(`${path}/handling-person-end`, 'demo-window', { number: 1, reason: '离职' })),
  ]).toEqual([
    '202 ok',
    '422 organisation.no-such-handling-person',
    '202 ok',
    '422 organisation.no-such-handling-person',
  ]);
  const { name, address, legalPerson, handlingPersons } = await read(path, 'demo-admin');
  expect({ name, address, legalPerson }).toEqual(changed);
  expect(handlingPersons).toHaveLength(1);
  expect(handlingPersons[0].until >= handlingPersons[0].since).toBe(true);
});
