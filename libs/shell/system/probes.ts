/** What orchestrators ask; outside the prefix, and all that a process without the role `api` answers. */
export const PROBES = ['health/live', 'health/ready', 'metrics'];

/** @param url the pattern of a route */
export function isProbe(url: string | undefined): boolean {
  return PROBES.some((probe) => url === `/${probe}`);
}
