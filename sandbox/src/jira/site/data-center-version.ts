/** Version that Data Center tells of itself unless a site is made with another. */
export const DATA_CENTER_VERSION = '10.3.24';

/** The numbers of a version such as `10.3.24`. */
export const versionNumbers = (version: string): number[] => version.split('.').map(Number);

/** Whether a Data Center of this version keeps its webhooks at `/rest/jira-webhook/1.0/webhooks`, and signs them: from 10 on. */
export const webhooksMovedIn = (version: string): boolean => (versionNumbers(version)[0] ?? 0) >= 10;
