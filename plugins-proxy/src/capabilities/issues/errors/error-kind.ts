/** Kind of the jobs of one monitored error, by connection and id there. */
export const errorKind = 'monitor-error';

/** Kind of the jobs that find the error of a link, by the link's id. */
export const errorLinkKind = 'error-link';

/** Of `crmjira_system`, and of the links of tickets that were made from errors. */
export const monitorSystem = 'sentry';
