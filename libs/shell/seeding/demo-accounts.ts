import { type Role } from '#libs/shell/roles';

/** An account to try the system with. Its password is random, made when it is opened. */
export interface DemoAccount {
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly department: string | null;
  readonly post: string | null;
  /** Of the organisation that it belongs to; left out for a person. */
  readonly creditCode?: string;
}

/** The organisation that the demo's applicant acts for. Its code is right and nobody's. */
export const DEMO_ORGANISATION = {
  id: '91210521MA0DEMXY0Q',
  name: '本溪县演示建设有限公司',
  address: '本溪满族自治县小市镇',
  legalPerson: '演示法定代表人',
} as const;

/** One person of each kind; staff of the natural resources bureau, which decides the first matters of template `small`. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    ...{ name: 'demo-applicant', displayName: '演示申请人', role: 'applicant', department: null, post: null },
    creditCode: DEMO_ORGANISATION.id,
  },
  {
    name: 'demo-window',
    displayName: '演示窗口',
    role: 'window',
    department: 'natural-resources',
    post: '窗口',
  },
  {
    name: 'demo-reviewer',
    displayName: '演示审查员',
    role: 'reviewer',
    department: 'natural-resources',
    post: '审查',
  },
  {
    name: 'demo-head',
    displayName: '演示局长',
    role: 'department-head',
    department: 'natural-resources',
    post: '局长',
  },
  {
    name: 'demo-supervisor',
    displayName: '演示督查员',
    role: 'supervisor',
    department: 'supervision-office',
    post: '督查',
  },
  {
    name: 'demo-leader',
    displayName: '演示县领导',
    role: 'leader',
    department: 'county-government',
    post: '副县长',
  },
  {
    name: 'demo-campaign',
    displayName: '演示攻坚干部',
    role: 'campaign-office',
    department: 'campaign-office',
    post: '专班',
  },
  { name: 'demo-admin', displayName: '演示管理员', role: 'admin', department: null, post: null },
];
