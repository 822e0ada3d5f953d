import { type StoredEvent, type Upcaster } from '#libs/engine/event-sourcing';
import { type DutyAssigned, type Responsibility } from './duty.events.js';

type Version1 = Omit<DutyAssigned['data'], keyof Responsibility | 'changed'>;

/** Version 1 named only the handling person, whose department led. */
function withDepartmentsAndLeaders({ data }: StoredEvent): DutyAssigned['data'] {
  const old = data as Version1;
  const leads = old.previous?.department === old.department ? [] : (['lead'] as const);
  return {
    ...old,
    lead: old.department,
    co: [],
    principal: null,
    deputy: null,
    changed: ['person', ...leads],
  };
}

/** How duty events of older versions are read. */
export const DUTY_UPCASTERS: readonly Upcaster[] = [
  { type: 'DutyAssigned', from: 1, upcast: withDepartmentsAndLeaders },
];
