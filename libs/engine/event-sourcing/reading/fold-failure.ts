/** The event at `index` of the batch cannot be folded. What came before it can. */
export class FoldFailure extends Error {
  override readonly name = 'FoldFailure';

  constructor(
    readonly index: number,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}
