import { type Actor } from '#libs/engine/event-sourcing';

// The people of the tests: an applicant, the staff of the natural resources bureau, and those of the water bureau.

export const actor = (
  person: string,
  role: string,
  department: string | null = null,
  post: string | null = null,
): Actor => ({ person, post, department, role });

export const applicant = actor('demo-applicant', 'applicant');
export const windowClerk = actor('demo-window', 'window', 'natural-resources', '窗口');
export const reviewer = actor('demo-reviewer', 'reviewer', 'natural-resources', '审查岗');
export const head = actor('demo-head', 'department-head', 'natural-resources', '局长');
export const waterClerk = actor('water-window', 'window', 'water', '窗口');
export const waterReviewer = actor('water-reviewer', 'reviewer', 'water', '审查岗');
export const waterHead = actor('water-head', 'department-head', 'water', '局长');
export const leader = actor('demo-leader', 'leader', 'county-government', '副县长');
export const supervisor = actor('demo-supervisor', 'supervisor', 'supervision-office');
