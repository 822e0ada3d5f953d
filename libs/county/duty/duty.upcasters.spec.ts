import { expect, test } from '@jest/globals';
import { Upcasters } from '#libs/engine/event-sourcing';
import { recorded } from '#libs/engine/event-sourcing-testing';
import { DUTY_UPCASTERS } from './duty.upcasters.js';

test('an assignment of version 1 named the handling person, whose department leads', () => {
  const li = { department: 'natural-resources', post: '审查岗', person: 'li' };
  const old = (previous: typeof li | null) =>
    recorded({
      type: 'DutyAssigned',
      version: 1,
      data: { matter: 'SG-05', ...li, from: '2026-03-01', reason: null, previous },
    });
  const upcasters = new Upcasters(DUTY_UPCASTERS);
  const changed = [null, { ...li, person: 'wang' }, { ...li, department: 'water' }].map((previous) => {
    const { version, data } = upcasters.upcast(old(previous));
    const { changed: parts, ...rest } = data as { readonly changed: readonly string[] };
    expect([version, rest]).toEqual([
      2,
      {
        ...{ matter: 'SG-05', ...li, from: '2026-03-01', reason: null, previous },
        ...{ lead: 'natural-resources', co: [], principal: null, deputy: null },
      },
    ]);
    return parts;
  });
  expect(changed).toEqual([['person', 'lead'], ['person'], ['person', 'lead']]);
});
