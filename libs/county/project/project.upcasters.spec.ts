import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { type Actor, type Json, Upcasters } from '#libs/engine/event-sourcing';
import { recorded } from '#libs/engine/event-sourcing-testing';
import { PROJECT_UPCASTERS } from './project.upcasters.js';

const upcasters = new Upcasters(PROJECT_UPCASTERS);
const by = (person: string, role: string): Actor => ({ person, post: null, department: null, role });
const registered = (applicant: string): Json => ({ project: 'p1', name: '冷库', applicant });

test.each([
  // registered by, applicant on record, applicant as it is read
  [by('demo-campaign', 'campaign-office'), 'demo-campaign', null],
  [by('demo-window', 'window'), 'demo-window', null],
  [by('demo-campaign', 'campaign-office'), 'somebody', 'somebody'],
  [by('demo-applicant', 'applicant'), 'demo-applicant', 'demo-applicant'],
  [by('an-agent', 'agent'), 'somebody', 'somebody'],
])('a registration by %j for %s is read as one for %s', (actor, applicant, read) => {
  const old = recorded(
    { type: 'ProjectRegistered', version: 1, data: registered(applicant) },
    { metadata: { actor } },
  );
  expect(upcasters.upcast(old)).toStrictEqual({
    ...old,
    version: 2,
    data: { project: 'p1', name: '冷库', applicant: read },
  });
});
