/** The class of what a call is refused with; what it answered where it was not refused. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await promise };
  } catch (error) {
    return error instanceof Error ? error.constructor : error;
  }
}
