import type { Call } from '../api';
import { JiraError } from '../jira-error';
import { compileQuery } from '../jql/compile-query';
import { isLoopbackUrl } from '../webhooks/loopback-url';

/** What is wrong with a webhook's filter, in Jira's words. */
export function jqlProblems(call: Call, jql: string): readonly string[] {
  try {
    compileQuery(jql, { view: call.view, user: call.caller.user, now: new Date(call.site.now()) });
    return [];
  } catch (cause) {
    if (cause instanceof JiraError) return cause.errorMessages;
    throw cause;
  }
}

/** @throws JiraError 400 for an address that is not on this machine */
export function checkUrl(url: string | undefined): string {
  if (!url) throw new JiraError(400, ['The URL of the webhook must be specified.']);
  if (!isLoopbackUrl(url))
    throw new JiraError(400, [`The webhook URL '${url}' is not allowed: the sandbox delivers to this machine only.`]);
  return url;
}

export function checkEvents(events: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = events.filter((event) => !known.includes(event));
  if (unknown.length > 0) throw new JiraError(400, [`Unknown webhook events: ${unknown.join(', ')}`]);
  return events;
}
