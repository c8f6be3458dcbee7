import { entryOf } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { compileQuery } from '../jql/compile-query';
import type { DeliveryRow, IssueRow, WebhookRow } from '../site/rows';
import type { Site } from '../site/site';
import { eventName } from './event-names';
import type { JiraEvent } from './events';
import { webhookPayload } from './payload';

function issueOf(site: Site, event: JiraEvent): IssueRow | undefined {
  switch (event.kind) {
    case 'issue':
    case 'issue-property':
      return event.issue;
    case 'comment':
      return site.issues.get(event.comment.issueId);
    case 'worklog':
      return site.issues.get(event.worklog.issueId);
    default:
      return undefined;
  }
}

/** A filter speaks of issues: events of projects and versions pass it. */
function passesFilter(site: Site, webhook: WebhookRow, event: JiraEvent): boolean {
  const issue = issueOf(site, event);
  if (!issue || webhook.jql.trim() === '') return true;
  try {
    const context = {
      view: { site, edition: webhook.edition, version: 2 as const },
      user: site.users.get(webhook.ownerId) ?? null,
      now: new Date(site.now()),
    };
    return compileQuery(webhook.jql, context).matches(issue);
  } catch {
    return false; // the filter names something that was deleted since: Jira then finds nothing
  }
}

function wants(site: Site, webhook: WebhookRow, event: JiraEvent): boolean {
  if (!webhook.enabled || !webhook.events.includes(eventName(event))) return false;
  if (webhook.expiresOn !== null && webhook.expiresOn < site.now()) return false;
  if (webhook.fieldIds && event.kind === 'issue' && event.event === 'updated') {
    const wanted = webhook.fieldIds;
    if (!event.change?.items.some((item) => wanted.includes(item.fieldId))) return false;
  }
  return passesFilter(site, webhook, event);
}

/** `${issue.key}` and its kin in a webhook's address. */
function fillUrl(site: Site, url: string, event: JiraEvent): string {
  const issue = issueOf(site, event);
  const project = event.kind === 'project' ? event.project : issue ? site.projects.get(issue.projectId) : undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    'issue.id': issue?.id,
    'issue.key': issue?.key,
    'project.id': project?.id,
    'project.key': project?.key,
    'version.id': event.kind === 'version' ? event.version.id : undefined,
    'worklog.id': event.kind === 'worklog' ? event.worklog.id : undefined,
    'comment.id': event.kind === 'comment' ? event.comment.id : undefined,
  };
  return url.replace(/\$\{([a-z.]+)\}/g, (whole, name: string) => entryOf(values, name) ?? whole);
}

/** Writes one waiting delivery for each webhook that asked for the event, in the transaction that changed the site. */
export function dispatchEvent(site: Site, event: JiraEvent): DeliveryRow[] {
  const bodies = new Map<string, string>();
  return site.webhooks
    .all()
    .filter((webhook) => wants(site, webhook, event))
    .map((webhook) => {
      const body = webhook.excludeBody
        ? ''
        : (bodies.get(webhook.edition) ?? JSON.stringify(webhookPayload(site, webhook.edition, event)));
      if (!webhook.excludeBody) bodies.set(webhook.edition, body);
      const dynamic = webhook.kind === 'dynamic' ? { matchedWebhookIds: [Number(webhook.id)] } : null;
      return site.deliveries.put<DeliveryRow>({
        id: randomUUID(),
        webhookId: webhook.id,
        kind: webhook.kind,
        event: eventName(event),
        url: fillUrl(site, webhook.url, event),
        body: dynamic && body ? JSON.stringify({ ...JSON.parse(body), ...dynamic }) : body,
        secret: webhook.secret,
        createdOn: site.now(),
        state: 'waiting',
        nextAttemptOn: null,
        attempts: [],
      });
    });
}
