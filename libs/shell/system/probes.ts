/** The routes that orchestrators call; outside the prefix, and the only ones that a process without the role `api` serves. */
export const PROBES = ['health/live', 'health/ready', 'metrics'];

/** @param url the pattern of a route */
export function isProbe(url: string | undefined): boolean {
  return PROBES.some((probe) => url === `/${probe}`);
}
