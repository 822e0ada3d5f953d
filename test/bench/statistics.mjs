export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The value below which so large a part lies. */
export const quantile = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1];

export const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

export const now = () => process.hrtime.bigint();
