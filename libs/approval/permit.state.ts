/** A permit that ends; left out where none does. */
export type WithPermit = {
  /** Its last legal day, YYYY-MM-DD. */
  readonly validUntil?: string;
};
