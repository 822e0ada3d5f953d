import { type MatterDefinition } from '../catalogue.events.js';

/** A licence as the catalogue has it, for tests that revise it. */
export const WORKS_PERMIT: MatterDefinition = {
  code: 'GC-02',
  name: '建设工程规划许可证核发',
  nameEn: 'Works planning permit',
  kind: 'licence',
  department: 'natural-resources',
  legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 5, unit: 'working-day', start: 'acceptance' },
  limitsVerified: false,
  materials: [{ name: '建设工程设计方案', key: true, basis: '城乡规划法 Art. 40' }],
  steps: ['受理', '审查', '决定'],
  effectiveFrom: '2019-04-23',
};
