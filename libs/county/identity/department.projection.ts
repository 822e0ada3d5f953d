import { defined, projection } from '#libs/engine/event-sourcing';
import { type DepartmentEvent, type UnitKind } from './department.events.js';

/** One department, with who took over from it. Events that name it keep the name; reports may roll them up. */
export type DepartmentDocument = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly region: string;
  /** A company for public utilities; left out for a department of the government. */
  readonly kind?: UnitKind;
  readonly status: 'standing' | 'succeeded';
  /** Who took over, from which legal day on, and why; null while it stands. */
  readonly succession: { readonly successor: string; readonly from: string; readonly reason: string } | null;
  readonly revision: string;
};

/** 部门沿革: departments by id. */
export const departments = projection<DepartmentDocument, DepartmentEvent>({
  name: 'departments',
  version: 2,
  model: 'departments',
  indexes: {
    all: { equals: [] },
    status: { equals: ['status'] },
  },
  keys: (event) => [event.data.department],
  create: {
    DepartmentEstablished: ({ data, revision }) => ({
      id: data.department,
      name: data.name,
      nameEn: data.nameEn,
      region: data.region,
      ...defined({ kind: data.kind }),
      status: 'standing',
      succession: null,
      revision: revision.toString(),
    }),
  },
  update: {
    WorkReassigned: (department, { revision }) => ({ ...department, revision: revision.toString() }),
    DepartmentSucceeded: (department, { data, revision }) => ({
      ...department,
      status: 'succeeded',
      succession: { successor: data.successor, from: data.from, reason: data.reason },
      revision: revision.toString(),
    }),
  },
});
