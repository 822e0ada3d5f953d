/** The engines that can keep the log, as the command line names them. */
export const LOG_ENGINES = ['embedded', 'eventstoredb'] as const;
export type LogEngine = (typeof LOG_ENGINES)[number];
