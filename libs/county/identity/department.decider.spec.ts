import 'reflect-metadata';
import { test } from '@jest/globals';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { departmentDecider } from './department.decider.js';
import { type DepartmentEvent } from './department.events.js';

const { given } = deciderSpec(departmentDecider, {
  facts: { SucceedDepartment: ['successorKnown', 'takenOverBy'] },
});

const establish = { type: 'EstablishDepartment', id: 'planning', name: '规划局', region: '210521' } as const;
const established: DepartmentEvent = {
  type: 'DepartmentEstablished',
  version: 1,
  data: { department: 'planning', name: '规划局', nameEn: null, region: '210521' },
};
const succeed = {
  type: 'SucceedDepartment',
  id: 'planning',
  successor: 'natural-resources',
  from: '2019-01-01',
  reason: '机构改革',
  successorKnown: true,
  takenOverBy: null,
} as const;
const succeeded: DepartmentEvent = {
  type: 'DepartmentSucceeded',
  version: 1,
  data: { department: 'planning', successor: 'natural-resources', from: '2019-01-01', reason: '机构改革' },
};

test('a department is established once; the same again is nothing to do', () => {
  given().when(establish).then(established);
  given(established).when(establish).nothing();
  given(established)
    .when({ ...establish, name: '规划处' })
    .refused('department.exists', { department: 'planning' }, null, 'state');
});

test('another takes over, once', () => {
  given(established).when(succeed).then(succeeded);
  given(established, succeeded)
    .when(succeed)
    .refused(
      'department.succeeded',
      { department: 'planning', successor: 'natural-resources' },
      null,
      'state',
    );
  given().when(succeed).refused('department.unknown', { department: 'planning' }, null, 'absent');
  given(established)
    .when({ ...succeed, successor: 'planning' })
    .refused('department.succeeds-itself', {}, null, 'input');
  given(established)
    .when({ ...succeed, successorKnown: false })
    .refused('department.unknown', { department: 'natural-resources' }, null, 'input');
  given(established)
    .when({ ...succeed, takenOverBy: 'planning' })
    .refused(
      'department.succeeded',
      { department: 'natural-resources', successor: 'planning' },
      null,
      'input',
    );
});
