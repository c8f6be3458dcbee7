/** Correlation ids of the daily sync are told by their beginning, so that log rows say Sync where it was the trigger. */
const prefix = 'daily-sync-';

/** At most 64 characters, the length of the column. */
export const syncCorrelation = (id: string): string => `${prefix}${id}`;
export const isSyncCorrelation = (correlationId: string): boolean => correlationId.startsWith(prefix);
