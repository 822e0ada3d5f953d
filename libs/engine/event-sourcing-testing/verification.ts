import { type Projection, type Verification } from '#libs/engine/event-sourcing';

/** What `verifyProjections` returns for a projection whose live documents at `position` are those of a rebuild. */
export function sameAsRebuilt({ name, version }: Projection, position: bigint | null): Verification {
  return { projection: name, version, position, differences: [], hasMore: false };
}
