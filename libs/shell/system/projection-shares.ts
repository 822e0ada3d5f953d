import { type Projection } from '#libs/engine/event-sourcing';

/**
 * Divides projections into shares: the heaviest first, each to the share with the least weight so far.
 */
export function sharesOf(
  projections: readonly Projection[],
  shares: number,
): readonly (readonly Projection[])[] {
  const dealt = Array.from({ length: shares }, () => ({ weight: 0, projections: [] as Projection[] }));
  const weightOf = ({ weight = 1 }: Projection) => weight;
  for (const projection of [...projections].sort((a, b) => weightOf(b) - weightOf(a))) {
    const lightest = dealt.reduce((least, share) => (share.weight < least.weight ? share : least));
    lightest.projections.push(projection);
    lightest.weight += weightOf(projection);
  }
  return dealt.map((share) => share.projections);
}
