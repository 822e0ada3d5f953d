import 'reflect-metadata';
import { test } from '@jest/globals';
import { type BareCommand, deciderSpec, testMeta } from '#libs/engine/event-sourcing-testing';
import { type MatterCommand } from './catalogue.commands.js';
import { type MatterEvent } from './catalogue.events.js';
import { matterDecider } from './matter.decider.js';
import { WORKS_PERMIT } from './testing/works-permit.js';

const spec = deciderSpec(matterDecider);
const BASIS = '优化营商环境条例 Art. 35';
const matter = WORKS_PERMIT;
const revise = ({
  steps,
  article,
}: {
  readonly steps: readonly string[];
  readonly article?: string;
}): BareCommand<MatterCommand> => {
  const { code: id, ...body } = matter;
  const cited = article === undefined ? {} : { article };
  return { type: 'ReviseMatter', id, ...body, steps, ...cited, reason: '压缩时限' };
};
const person = (name: string) => ({ person: name, post: null, department: null, role: 'admin' as const });
const published: MatterEvent = { type: 'MatterPublished', version: 1, data: { matter } };
const abolished: MatterEvent = {
  type: 'MatterAbolished',
  version: 1,
  data: { code: 'GC-02', reason: '没有法定依据' },
};
const leaner = { ...matter, steps: ['受理', '决定'] };
const waits: MatterEvent = {
  type: 'RevisionProposed',
  version: 1,
  data: { matter: leaner, reason: '压缩时限', article: BASIS },
};
const confirmRevision = (by: string): BareCommand<MatterCommand> => ({
  type: 'ConfirmRevision',
  id: 'GC-02',
  meta: { actor: person(by) },
});

test('7 what makes a matter lighter is proposed with its law, and confirmed by another person', () => {
  const lawless = revise({ steps: leaner.steps });
  const parts = { parts: 'step 审查', partsZh: '环节“审查”' };
  spec
    .given(published)
    .when(lawless)
    .refused('matter.lighter-without-article', { code: 'GC-02', ...parts, field: 'article' }, null, 'input');
  spec
    .given(published)
    .when(revise({ steps: leaner.steps, article: BASIS }))
    .then(waits);
  const proposedBy = testMeta().actor.person;
  spec
    .given(published, waits)
    .when(confirmRevision(proposedBy))
    .refused('matter.revision-by-one', { code: 'GC-02', person: proposedBy }, null, 'permission');
  spec
    .given(published, waits)
    .when(confirmRevision('second'))
    .then({
      type: 'MatterRevised',
      version: 1,
      data: { matter: leaner, matterVersion: 2, reason: '压缩时限', article: BASIS, proposedBy },
    });
  spec
    .given(published)
    .when(confirmRevision('second'))
    .refused('matter.revision-not-proposed', { code: 'GC-02' }, null, 'state');
  spec.given().when(confirmRevision('second')).refused('matter.not-published');
});

test('7 a revision that came in between takes the place of the one that waits', () => {
  const longer = { ...matter, steps: [...matter.steps, '公示'] };
  const revised: MatterEvent = {
    type: 'MatterRevised',
    version: 1,
    data: { matter: longer, matterVersion: 2, reason: '压缩时限' },
  };
  spec
    .given(published, waits)
    .when(revise({ steps: longer.steps }))
    .then(revised);
  spec
    .given(published, waits, revised)
    .when(confirmRevision('second'))
    .refused('matter.revision-not-proposed', { code: 'GC-02' }, null, 'state');
  spec.given(published, waits, abolished).when(confirmRevision('second')).refused('matter.abolished');
});
