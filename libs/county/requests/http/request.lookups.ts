import { Inject, Injectable } from '@nestjs/common';
import {
  competentOn,
  DEPARTMENT_RUNNER,
  departmentStands,
  type DepartmentRunner,
} from '#libs/county/identity';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { AnswerRequest, RaiseRequest } from '../request.commands.js';
import { REQUEST_RUNNER, REQUEST_STREAM, type RequestRunner } from '../request.tokens.js';

/** Where facts for commands on requests are looked up. */
@Injectable()
export class RequestStores {
  constructor(
    @Inject(REQUEST_RUNNER) readonly requests: RequestRunner,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
  ) {}
}

export const request = lookup(RaiseRequest, async ({ department, meta }, { departments }: RequestStores) => ({
  departmentKnown: await departmentStands(departments, department, dayOf(meta.now)),
}));

export const answer = lookup(
  AnswerRequest,
  async ({ id, meta }, { requests, departments }: RequestStores) => {
    const { state } = await requests.load(REQUEST_STREAM + id);
    const department = state.at === 'absent' ? null : state.department;
    return { competent: await competentOn(departments, department, dayOf(meta.now)) };
  },
);
