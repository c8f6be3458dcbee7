import type { ServerOptions } from 'node:http';

/** How long a caller may take to send a request, in milliseconds, and how many may be connected. */
export interface RequestLimits extends Pick<
  ServerOptions,
  'requestTimeout' | 'headersTimeout' | 'connectionsCheckingInterval'
> {
  readonly connections: number;
}

/**
 * Connections: a few more than the requests that may wait for Jira at one time (R-1309), so that webhooks still come in beside them.
 * The interval is how often node looks for late requests; by default every 30 s, which made 90 of the 30 s that are meant (F-303).
 */
export const requestLimits: RequestLimits = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  connections: 3_000,
};
