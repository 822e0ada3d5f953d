import { CASE_WORKERS } from '#libs/shell/roles';
/** How a person stands to a thing: it is theirs, it is another's, or they hold no post or mandate at all today. */
export const STANDS = ['own', 'other', 'none'] as const;
export type Stand = (typeof STANDS)[number];

export interface Person {
  readonly id: string;
  readonly role: string;
  readonly stand: Stand;
  readonly department?: string;
  /** Of an agent: the mandate shown with every request, and who gave it. */
  readonly mandate?: string;
  readonly principal?: string;
}

const SHORT = { window: 'window', reviewer: 'reviewer', 'department-head': 'head' } as const;

/** One person of every role and stand; the administrator is the demo's own. */
export const PEOPLE: readonly Person[] = [
  { id: 'li', role: 'applicant', stand: 'own' },
  { id: 'wang', role: 'applicant', stand: 'other' },
  { id: 'agent-li', role: 'agent', stand: 'own', mandate: 'mandate-li', principal: 'li' },
  { id: 'agent-wang', role: 'agent', stand: 'other', mandate: 'mandate-wang', principal: 'wang' },
  { id: 'agent-free', role: 'agent', stand: 'none' },
  ...CASE_WORKERS.flatMap((role): Person[] => [
    { id: `nr-${SHORT[role]}`, role, stand: 'own', department: 'natural-resources' },
    { id: `wa-${SHORT[role]}`, role, stand: 'other', department: 'water' },
    { id: `no-${SHORT[role]}`, role, stand: 'none' },
  ]),
  { id: 'supervisor', role: 'supervisor', stand: 'own', department: 'supervision-office' },
  { id: 'no-supervisor', role: 'supervisor', stand: 'none' },
  { id: 'leader', role: 'leader', stand: 'own', department: 'county-government' },
  { id: 'no-leader', role: 'leader', stand: 'none' },
  { id: 'campaign', role: 'campaign-office', stand: 'own', department: 'campaign-office' },
  { id: 'other-campaign', role: 'campaign-office', stand: 'other', department: 'water' },
  { id: 'no-campaign', role: 'campaign-office', stand: 'none' },
];

/** People who only prepare what others act on. */
export const HELPERS: readonly Person[] = [
  { id: 'fo-window', role: 'window', stand: 'other', department: 'forestry' },
  { id: 'fo-head', role: 'department-head', stand: 'other', department: 'forestry' },
  // Who propose what another person confirms.
  { id: 'nr-deputy', role: 'department-head', stand: 'own', department: 'natural-resources' },
  { id: 'deputy-campaign', role: 'campaign-office', stand: 'own', department: 'campaign-office' },
];

/** All persons of the table: those above, the administrator, and a caller who is not signed in. */
export const WALKERS: readonly (Omit<Person, 'id'> & { readonly id: string | null })[] = [
  { id: null, role: 'nobody', stand: 'own' },
  ...PEOPLE,
  { id: 'demo-admin', role: 'admin', stand: 'own' },
];
