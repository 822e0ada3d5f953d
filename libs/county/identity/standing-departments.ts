import { DEPARTMENT_STREAM, type DepartmentRunner } from './identity.tokens.js';

// Read from the log, not from read models: commands are decided on what is true now. Days are legal days (YYYY-MM-DD).

/** Whether a department was established and does its own business on a day; a succession announced for later takes nothing yet. */
export async function departmentStands(
  departments: DepartmentRunner,
  id: string,
  day: string,
): Promise<boolean> {
  return (await departmentOn(departments, id, day)) === id;
}

/** Those of the departments that were never established, or whose business another does on that day. */
export async function departmentsNotStanding(
  departments: DepartmentRunner,
  ids: readonly string[],
  day: string,
): Promise<readonly string[]> {
  const stands = await Promise.all(ids.map((id) => departmentStands(departments, id, day)));
  return ids.filter((_, index) => stands[index] !== true);
}

/** Who does a department's business on a day: itself, or the last in its line of successors; null for one never established. */
export async function departmentOn(
  departments: DepartmentRunner,
  id: string,
  day: string,
): Promise<string | null> {
  const { state } = await departments.load(DEPARTMENT_STREAM + id);
  if (state.at !== 'established') return null;
  const { succession } = state;
  return succession === null || succession.from > day
    ? id
    : departmentOn(departments, succession.successor, day);
}

/** Whose business a matter is on a day that the catalogue gives to a department; null for a joint matter. */
export function competentOn(departments: DepartmentRunner, department: string, day: string): Promise<string>;
export function competentOn(
  departments: DepartmentRunner,
  department: string | null,
  day: string,
): Promise<string | null>;
export async function competentOn(
  departments: DepartmentRunner,
  department: string | null,
  day: string,
): Promise<string | null> {
  return department === null ? null : ((await departmentOn(departments, department, day)) ?? department);
}
