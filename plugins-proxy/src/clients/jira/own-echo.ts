import type { JiraPayload } from './wire/jira-payload';
import { type JiraSite, type Myself, rememberedMyself } from './jira-site';
import type { FieldIds } from './resolve-fields';

/**
 * Whether a delivery can tell us what we have done ourselves: an issue update by our account that requests nothing but our four
 * fields. Whether we have just done it is another question: people and other programs may use the account too. The run that wrote them reads everything again before it ends, and a run cut off is run again, so that such a delivery can
 * bring nothing new.
 *
 * Everything else of our account is left alone: an issue that we create counts among the open ones, and the run that created it may
 * have counted before the search index knew it; an archived or restored project may change what is shown of it.
 */
export function isEcho(payload: JiraPayload, myself: Myself, ids: FieldIds): boolean {
  if (payload.webhookEvent !== 'jira:issue_updated') return false;
  const { user } = payload;
  const ours =
    user !== undefined &&
    ((myself.accountId !== undefined && user.accountId === myself.accountId) ||
      (myself.accountId === undefined && myself.name !== undefined && user.name === myself.name));
  const items = payload.changelog?.items ?? [];
  const own = new Set<string>([ids.opportunityId, ids.accountId, ids.budgetStatus, ids.approvedAmount]);
  // Data Center before 8.4 names no id: what cannot be told is not left out.
  return ours && items.length > 0 && items.every(({ fieldId }) => fieldId !== undefined && own.has(fieldId));
}

/** Makes the test from what is remembered of the site. Until that is known nothing is taken for an echo. */
export function createEchoTest(site: JiraSite): (payload: JiraPayload) => boolean {
  return (payload) => {
    const myself = site.metadata?.peek<Myself>('myself') ?? null;
    const ids = site.metadata?.peek<FieldIds>('field-ids') ?? null;
    if (myself === null && site.metadata !== undefined && payload.user !== undefined) {
      // Not waited for: Jira's answer waits for nothing but the commit. A failure shows wherever Jira is really needed.
      void rememberedMyself(site).catch(() => undefined);
    }
    if (myself === null || ids === null || !isEcho(payload, myself, ids)) return false;
    // One that this process has not written is worked on: by hand with our account, or by another replica, which costs one run.
    return payload.issue !== undefined && site.ownWrites?.take(payload.issue.id) === true;
  };
}
