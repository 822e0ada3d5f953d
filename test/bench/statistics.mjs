export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

export const now = () => process.hrtime.bigint();
