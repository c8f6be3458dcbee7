/** Kind of the jobs of one monitored error, by connection and id there. */
export const errorKind = 'monitor-error';
