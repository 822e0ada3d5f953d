import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type MatterDefinition, type TemplateDefinition } from '#libs/law/catalogue';
import { type Actor, RuleViolation } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, deciderSpec, recorded, withMeta } from '#libs/engine/event-sourcing-testing';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { openApplications } from './open-applications.js';
import { type ProjectCommand, RegisterProject } from './project.commands.js';
import { projectDecider } from './project.decider.js';
import { type Campaign, type ProjectEvent } from './project.events.js';

const spec = deciderSpec(projectDecider, {
  facts: {
    RegisterProject: ['opening'],
    NameApplicant: ['competent'],
    CorrectApplicant: ['competent', 'accepted'],
  },
});
const actor = (person: string, role: string): Actor => ({ person, post: null, department: null, role });

const matter = (code: string, name: string, department: string | null): MatterDefinition => ({
  code,
  name,
  nameEn: name,
  kind: 'licence',
  department,
  legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
  statutory: null,
  promised: null,
  limitsVerified: false,
  materials: [],
  steps: [],
  effectiveFrom: '2019-04-23',
});
const matters = new Map(
  [matter('LX-06', '用地预审', 'natural-resources'), matter('SG-05', '施工许可', 'housing-construction')].map(
    (each) => [each.code, each] as const,
  ),
);
const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small project',
  stages: [
    { name: '立项', lead: 'natural-resources', matters: [{ code: 'LX-06', prerequisites: [] }] },
    { name: '施工', lead: 'housing-construction', matters: [{ code: 'SG-05', prerequisites: ['LX-06'] }] },
  ],
};
const applications = openApplications('p1', template, matters);

type Register = Omit<Extract<CommandWithFacts<ProjectCommand>, { type: 'RegisterProject' }>, 'type' | 'id'>;
const register = (over: Partial<Register> = {}): CommandWithFacts<ProjectCommand> => ({
  type: 'RegisterProject',
  id: 'p1',
  name: '冷库',
  template: 'small',
  opening: { templateVersion: 3, applications },
  source: null,
  meta: { actor: actor('demo-applicant', 'applicant') },
  ...over,
});
const registered: ProjectEvent = {
  type: 'ProjectRegistered',
  version: 2,
  data: {
    project: 'p1',
    name: '冷库',
    template: 'small',
    templateVersion: 3,
    region: '210521',
    nationalCode: null,
    applicant: 'demo-applicant',
    investment: null,
    source: null,
    applications,
  },
};

describe('opening applications', () => {
  test('one for each matter, in the order of the stages, with what it waits for', () => {
    expect(applications).toStrictEqual([
      {
        application: 'p1-LX-06',
        matter: 'LX-06',
        matterName: '用地预审',
        stage: '立项',
        department: 'natural-resources',
        prerequisites: [],
      },
      {
        application: 'p1-SG-05',
        matter: 'SG-05',
        matterName: '施工许可',
        stage: '施工',
        department: 'housing-construction',
        prerequisites: ['p1-LX-06'],
      },
    ]);
  });

  test('a matter that the catalogue does not have is refused', () => {
    expect(() => openApplications('p1', template, new Map())).toThrow(
      new RuleViolation('project.unknown-matter', { template: 'small', matter: 'LX-06' }, 'input'),
    );
  });
});

describe('registering', () => {
  test('once, with the county as default region', () => {
    spec.given().when(register()).then(registered);
    spec.given(registered).when(register()).refused('project.exists', { project: 'p1' }, null, 'state');
    spec
      .given()
      .when(register({ region: '210500', nationalCode: '2611-210500', investment: '1200.50', source: 'log' }))
      .then({
        ...registered,
        data: {
          ...registered.data,
          region: '210500',
          nationalCode: '2611-210500',
          investment: '1200.50',
          source: 'log',
        },
      });
  });

  test('an applicant for themselves, an agent for their principal, an office for a named applicant or for none yet', () => {
    const applicantOf = (over: Partial<Register>) => {
      const [event] = projectDecider.decide(
        projectDecider.initial,
        withMeta<ProjectCommand>(register(over)),
        {
          opening: { templateVersion: 3, applications },
        },
      );
      return event?.type === 'ProjectRegistered' ? event.data.applicant : undefined;
    };
    const agent = { actor: actor('an-agent', 'agent') };
    const office = { actor: actor('demo-campaign', 'campaign-office') };
    expect(applicantOf({})).toBe('demo-applicant');
    expect(applicantOf({ meta: { ...agent, onBehalfOf: actor('somebody', 'applicant') } })).toBe('somebody');
    expect(applicantOf({ meta: office, applicant: 'somebody' })).toBe('somebody');
    expect(applicantOf({ meta: office })).toBeNull();
    const article = '行政许可法 Art. 29';
    spec
      .given()
      .when(register({ applicant: 'somebody' }))
      .refused(
        'project.other-applicant',
        { person: 'demo-applicant', applicant: 'somebody' },
        article,
        'permission',
      );
    spec
      .given()
      .when(register({ meta: { ...agent, onBehalfOf: actor('somebody', 'applicant') }, applicant: 'else' }))
      .refused('project.other-applicant', { person: 'an-agent', applicant: 'else' }, article, 'permission');
    spec
      .given()
      .when(register({ meta: agent }))
      .refused('project.mandate-missing', { person: 'an-agent' }, article, 'permission');
  });

  test('without a template, or with an id that leaves no room for those of its applications', () => {
    spec
      .given()
      .when(register({ opening: null }))
      .refused('project.unknown-template', { template: 'small' }, null, 'input');
    const long = 'p'.repeat(96);
    const opened = openApplications(long, template, matters);
    spec
      .given()
      .when({ ...register({ opening: { templateVersion: 1, applications: opened } }), id: long })
      .refused('project.id-too-long', { project: long, application: `${long}-LX-06` }, null, 'input');
  });
});

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

test('a key project has a leader who answers for it; another leader is another event', () => {
  const designate = (leader: string): CommandWithFacts<ProjectCommand> => ({
    type: 'DesignateKeyProject',
    id: 'p1',
    leader,
    reason: '省重点',
  });
  const designated = (leader: string): ProjectEvent => ({
    type: 'KeyProjectDesignated',
    version: 1,
    data: { project: 'p1', leader, reason: '省重点' },
  });
  spec.given(registered).when(designate('demo-leader')).then(designated('demo-leader'));
  spec.given(registered, designated('demo-leader')).when(designate('demo-leader')).nothing();
  spec.given(registered, designated('demo-leader')).when(designate('another')).then(designated('another'));
  spec
    .given()
    .when(designate('demo-leader'))
    .refused('project.not-registered', { project: 'p1' }, null, 'absent');
  expect(() => spec.given(designated('demo-leader'))).toThrow(
    'KeyProjectDesignated before ProjectRegistered',
  );
  expect(() => spec.given(registered, registered)).toThrow('ProjectRegistered a second time');
});

test('tags say which other campaigns a project serves; the list is whole, in one order', () => {
  const tag = (...campaigns: Campaign[]): CommandWithFacts<ProjectCommand> => ({
    type: 'TagProject',
    id: 'p1',
    campaigns,
  });
  const tagged = (...campaigns: Campaign[]): ProjectEvent => ({
    type: 'ProjectTagged',
    version: 1,
    data: { project: 'p1', campaigns },
  });
  const both = tagged('contest-for-projects', 'investment-promotion');
  spec.given(registered).when(tag('investment-promotion', 'contest-for-projects')).then(both);
  spec.given(registered, both).when(tag('contest-for-projects', 'investment-promotion')).nothing();
  spec.given(registered, both).when(tag()).then(tagged());
  spec.given(registered).when(tag()).nothing();
  spec.given().when(tag()).refused('project.not-registered', { project: 'p1' }, null, 'absent');
  expect(() => spec.given(both)).toThrow('ProjectTagged before ProjectRegistered');
});

test('a body over HTTP', () => {
  const read = bodyReader(RegisterProject);
  const fields = (over: object) => {
    try {
      read({ id: 'p1', name: '冷库', template: 'small', ...over });
    } catch (error) {
      if (error instanceof InvalidInput) return error.errors.map(({ field }) => field);
      throw error;
    }
    return [];
  };
  expect(fields({})).toEqual([]);
  expect(
    fields({ region: '210521001001', nationalCode: '2611-210521-04-01-000001', investment: '0.5' }),
  ).toEqual([]);
  expect(fields({ id: '../p1', region: '2105', investment: '1e9', opening: {}, source: 'x' })).toEqual([
    'opening',
    'source',
    'id',
    'region',
    'investment',
  ]);
  expect(fields({ investment: '01' })).toEqual(['investment']);
  expect(fields({ name: '' })).toEqual(['name']);
});
