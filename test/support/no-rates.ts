/** Variables of a server without rate limits. */
export const NO_RATES = { RATE_COMMANDS: '0', RATE_READS: '0', RATE_EXPORTS: '0', RATE_UNKNOWN: '0' };
