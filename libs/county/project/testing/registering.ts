import { type MatterDefinition, type TemplateDefinition } from '#libs/law/catalogue';
import { type Actor } from '#libs/engine/event-sourcing';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { openApplications } from '../open-applications.js';
import { projectDecider } from '../project.decider.js';
import { type ProjectEvent } from '../project.events.js';

export const spec = deciderSpec(projectDecider, {
  facts: {
    RegisterProject: ['opening'],
    NameApplicant: ['competent'],
    CorrectApplicant: ['competent', 'accepted'],
  },
});
export const actor = (person: string, role: string): Actor => ({
  person,
  post: null,
  department: null,
  role,
});

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
export const matters = new Map(
  [matter('LX-06', '用地预审', 'natural-resources'), matter('SG-05', '施工许可', 'housing-construction')].map(
    (each) => [each.code, each] as const,
  ),
);
export const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small project',
  stages: [
    { name: '立项', lead: 'natural-resources', matters: [{ code: 'LX-06', prerequisites: [] }] },
    { name: '施工', lead: 'housing-construction', matters: [{ code: 'SG-05', prerequisites: ['LX-06'] }] },
  ],
};
export const applications = openApplications('p1', template, matters);
export const registered: Extract<ProjectEvent, { type: 'ProjectRegistered' }> = {
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
