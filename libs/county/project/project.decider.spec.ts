import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, withMeta } from '#libs/engine/event-sourcing-testing';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { openApplications } from './open-applications.js';
import { type ProjectCommand, RegisterProject } from './project.commands.js';
import { projectDecider } from './project.decider.js';
import { type Campaign, type ProjectEvent } from './project.events.js';
import { spec, actor, matters, template, applications, registered } from './testing/registering.js';

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
