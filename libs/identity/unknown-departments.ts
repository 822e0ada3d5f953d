import { DEPARTMENT_STREAM, type DepartmentRunner } from './identity.tokens.js';

/** Those of the departments named that do not exist, or whose business another has taken over; in their order. */
export async function unknownDepartments(
  runner: Pick<DepartmentRunner, 'load'>,
  departments: readonly string[],
): Promise<readonly string[]> {
  const known = await Promise.all(
    departments.map(async (department) => {
      const { state } = await runner.load(DEPARTMENT_STREAM + department);
      return state.at === 'established' && state.successor === null;
    }),
  );
  return departments.filter((_, index) => known[index] !== true);
}
