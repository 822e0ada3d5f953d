import { DEPARTMENT_STREAM, type DepartmentRunner } from './identity.tokens.js';

/** Those of the departments that were never established, or whose business another does now. */
export async function departmentsNotStanding(
  departments: DepartmentRunner,
  ids: readonly string[],
): Promise<readonly string[]> {
  const states = await Promise.all(ids.map((id) => departments.load(DEPARTMENT_STREAM + id)));
  return ids.filter((_, index) => {
    const state = states[index]?.state;
    return state?.at !== 'established' || state.successor !== null;
  });
}
