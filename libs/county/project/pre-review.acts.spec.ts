import 'reflect-metadata';
import { describe, test } from '@jest/globals';
import { type Actor } from '#libs/engine/event-sourcing';
import { type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type ProjectCommand } from './project.commands.js';
import { projectDecider } from './project.decider.js';
import { type ProjectEvent } from './project.events.js';

const spec = deciderSpec(projectDecider, {
  facts: {
    RequestPreReview: ['submitted'],
    GivePreReview: ['submitted', 'competent'],
    SubmitStage: ['lead', 'joinedBy', 'applications'],
  },
});

const actor = (person: string, role: string, department: string | null = null): Actor => ({
  person,
  post: null,
  department,
  role,
});
const applicant = actor('demo-applicant', 'applicant');
const reviewer = actor('demo-reviewer', 'reviewer', 'natural-resources');

const opened = (matter: string, stage: string, department: string | null) => ({
  application: `p1-${matter}`,
  matter,
  matterName: matter,
  stage,
  department,
  prerequisites: [],
});
const registered: ProjectEvent = {
  type: 'ProjectRegistered',
  version: 2,
  data: {
    project: 'p1',
    name: '冷库',
    template: 'small',
    templateVersion: 1,
    region: '210521',
    nationalCode: null,
    applicant: 'demo-applicant',
    investment: null,
    source: null,
    applications: [
      opened('LX-06', '立项', 'natural-resources'),
      opened('LX-13', '立项', 'ecology-environment'),
      opened('JG-10', '验收', null),
    ],
  },
};

type Bare<Type> = Omit<Extract<CommandWithFacts<ProjectCommand>, { type: Type }>, 'type' | 'id'>;

const ask = (over: Partial<Bare<'RequestPreReview'>> = {}): CommandWithFacts<ProjectCommand> => ({
  type: 'RequestPreReview',
  id: 'p1',
  matter: 'LX-06',
  question: '选址是否可行',
  submitted: false,
  meta: { actor: applicant },
  ...over,
});
const give = (over: Partial<Bare<'GivePreReview'>> = {}): CommandWithFacts<ProjectCommand> => ({
  type: 'GivePreReview',
  id: 'p1',
  matter: 'LX-06',
  opinion: '可行',
  toPrepare: ['勘测定界图'],
  submitted: false,
  competent: 'natural-resources',
  meta: { actor: reviewer },
  ...over,
});
const asked: ProjectEvent = {
  type: 'PreReviewRequested',
  version: 1,
  data: { project: 'p1', matter: 'LX-06', question: '选址是否可行', materials: [] },
};
const given = (over: { matter?: string; asked: boolean }): ProjectEvent => ({
  type: 'PreReviewGiven',
  version: 1,
  data: {
    project: 'p1',
    matter: 'LX-06',
    department: 'natural-resources',
    opinion: '可行',
    toPrepare: ['勘测定界图'],
    ...over,
  },
});

describe('pre-review (预审、提前介入)', () => {
  test('the applicant asks, the department advises; or the department comes first', () => {
    spec.given(registered).when(ask()).then(asked);
    spec
      .given(registered, asked)
      .when(give())
      .then(given({ asked: true }));
    spec
      .given(registered, asked, given({ asked: true }))
      .when(give())
      .then(given({ asked: false }));
    spec
      .given(registered, asked)
      .when(give({ matter: 'JG-10', competent: null }))
      .then(given({ matter: 'JG-10', asked: false }));
  });

  test('for a matter of the project, by those it concerns, before there is an application', () => {
    spec
      .given(registered)
      .when(ask({ matter: 'SG-05' }))
      .refused('project.no-such-matter', { project: 'p1', matter: 'SG-05' }, null, 'input');
    spec
      .given(registered)
      .when(ask({ meta: { actor: actor('somebody', 'applicant') } }))
      .refused(
        'project.not-the-applicant',
        { project: 'p1', person: 'somebody' },
        '行政许可法 Art. 29',
        'permission',
      );
    spec
      .given(registered)
      .when(give({ matter: 'LX-13', competent: 'ecology-environment' }))
      .refused(
        'project.other-department',
        {
          project: 'p1',
          matter: 'LX-13',
          department: 'ecology-environment',
          actorDepartment: 'natural-resources',
        },
        '行政许可法 Art. 22',
        'permission',
      );
    for (const command of [ask({ submitted: true }), give({ submitted: true })]) {
      spec
        .given(registered)
        .when(command)
        .refused(
          'project.matter-submitted',
          { project: 'p1', matter: 'LX-06' },
          '行政许可法 Art. 32',
          'state',
        );
    }
    spec.given().when(ask()).refused('project.not-registered', { project: 'p1' }, null, 'absent');
    spec.given().when(give()).refused('project.not-registered', { project: 'p1' }, null, 'absent');
  });
});

describe('one form for a stage (一张表单)', () => {
  const form = {
    lead: 'natural-resources',
    joinedBy: 'p1-LX-06',
    applications: [{ application: 'p1-LX-06', department: 'natural-resources' }],
  };
  const submit = (over: Partial<Bare<'SubmitStage'>> = {}): CommandWithFacts<ProjectCommand> => ({
    type: 'SubmitStage',
    id: 'p1',
    stage: '立项',
    ...form,
    meta: { actor: applicant },
    ...over,
  });

  test('says what it is for and where the opinions join', () => {
    spec
      .given(registered)
      .when(submit())
      .then({ type: 'StageSubmitted', version: 1, data: { project: 'p1', stage: '立项', ...form } });
  });

  test('for a stage of the project that is not submitted yet, by the applicant', () => {
    spec
      .given(registered)
      .when(submit({ stage: '竣工' }))
      .refused('project.no-such-stage', { project: 'p1', stage: '竣工' }, null, 'input');
    spec
      .given(registered)
      .when(submit({ applications: [] }))
      .refused('project.stage-submitted', { project: 'p1', stage: '立项' }, null, 'state');
    spec
      .given(registered)
      .when(submit({ meta: { actor: reviewer } }))
      .refused('project.not-the-applicant');
    spec.given().when(submit()).refused('project.not-registered', { project: 'p1' }, null, 'absent');
  });
});
