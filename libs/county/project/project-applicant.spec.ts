import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type Actor } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, recorded } from '#libs/engine/event-sourcing-testing';
import { type ProjectCommand } from './project.commands.js';
import { type ProjectEvent } from './project.events.js';
import { spec, actor, registered } from './testing/registering.js';

describe('naming the applicant', () => {
  const unnamed: ProjectEvent = {
    ...registered,
    data: { ...registered.data, applicant: null },
  };
  const named: ProjectEvent = {
    type: 'ApplicantNamed',
    version: 1,
    data: { project: 'p1', applicant: 'somebody' },
  };
  const clerk: Actor = { ...actor('demo-window', 'window'), department: 'natural-resources' };
  const stranger: Actor = { ...actor('water-window', 'window'), department: 'water' };
  /** What an office registered; the tests' events are the applicant's. */
  const byOffice = (...events: readonly ProjectEvent[]) =>
    events.map((event, index) =>
      recorded(event, {
        revision: BigInt(index),
        metadata: { actor: { ...clerk, person: 'other-window' } },
      }),
    );
  const name = (
    by: Actor,
    over: { readonly applicant?: string; readonly competent?: string | null } = {},
  ): CommandWithFacts<ProjectCommand> => {
    const { competent = 'natural-resources', ...body } = over;
    return { type: 'NameApplicant', id: 'p1', competent, ...body, meta: { actor: by } };
  };
  const correct = (
    by: Actor,
    over: { readonly applicant?: string; readonly accepted?: string | null } = {},
  ): CommandWithFacts<ProjectCommand> => ({
    type: 'CorrectApplicant',
    id: 'p1',
    applicant: 'another',
    reason: '登记时写错',
    competent: 'natural-resources',
    accepted: null,
    ...over,
    meta: { actor: by },
  });
  const notTheRegistrar = ({ person }: Actor) =>
    [
      'project.not-the-registrar',
      { project: 'p1', registrar: 'natural-resources', person },
      '行政许可法 Art. 29',
      'permission',
    ] as const;

  test('D10 is for the office that registered the project, or has taken over from it', () => {
    spec
      .given(...byOffice(unnamed))
      .when(name(clerk, { applicant: 'somebody' }))
      .then(named);
    spec
      .given(...byOffice(unnamed))
      .when(name(stranger, { applicant: 'somebody', competent: 'water' }))
      .then(named);
    expect(spec.given(...byOffice(unnamed, named)).state).toEqual({
      at: 'registered',
      registered: { ...registered.data, applicant: 'somebody' },
      registrar: 'natural-resources',
      key: null,
      campaigns: [],
    });
  });

  test('D10 is refused to everyone else: to an applicant themselves, and to another department', () => {
    for (const by of [actor('somebody', 'applicant'), actor('an-agent', 'agent'), stranger]) {
      spec
        .given(...byOffice(unnamed))
        .when(name(by, { applicant: 'somebody' }))
        .refused(...notTheRegistrar(by));
      spec
        .given(...byOffice(unnamed, named))
        .when(correct(by))
        .refused(...notTheRegistrar(by));
    }
    // What its applicant registered is theirs.
    spec
      .given(registered)
      .when(correct(clerk))
      .refused(
        'project.not-the-registrar',
        { project: 'p1', registrar: '—', person: 'demo-window' },
        '行政许可法 Art. 29',
        'permission',
      );
  });

  test('happens once: the same again adds nothing, another is refused', () => {
    spec
      .given(...byOffice(unnamed, named))
      .when(name(clerk, { applicant: 'somebody' }))
      .nothing();
    spec
      .given(...byOffice(unnamed, named))
      .when(name(clerk, { applicant: 'else' }))
      .refused('project.applicant-known', { project: 'p1' }, null, 'state');
  });

  test('needs a name, and a project', () => {
    spec
      .given(...byOffice(unnamed))
      .when(name(clerk))
      .refused('project.applicant-missing', { project: 'p1' }, '行政许可法 Art. 29', 'input');
    for (const command of [name(clerk, { applicant: 'x' }), correct(clerk)]) {
      spec.given().when(command).refused('project.not-registered', { project: 'p1' }, null, 'absent');
    }
    expect(() => spec.given(named)).toThrow('ApplicantNamed before ProjectRegistered');
  });

  test('D10 is corrected with a reason, until something was accepted', () => {
    const corrected: ProjectEvent = {
      type: 'ApplicantCorrected',
      version: 1,
      data: { project: 'p1', from: 'somebody', applicant: 'another', reason: '登记时写错' },
    };
    const given = byOffice(unnamed, named);
    spec
      .given(...given)
      .when(correct(clerk))
      .then(corrected);
    expect(spec.given(...byOffice(unnamed, named, corrected)).state).toMatchObject({
      registered: { applicant: 'another' },
    });
    spec
      .given(...given)
      .when(correct(clerk, { applicant: 'somebody' }))
      .nothing();
    spec
      .given(...given)
      .when(correct(clerk, { accepted: 'p1-LX-06' }))
      .refused('project.accepted', { project: 'p1', application: 'p1-LX-06' }, null, 'state');
    spec
      .given(...byOffice(unnamed))
      .when(correct(clerk))
      .refused('project.applicant-unnamed', { project: 'p1' }, null, 'state');
  });
});
