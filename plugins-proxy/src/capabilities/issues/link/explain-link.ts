import type { Explained, ReadField } from '../../../reconciler/sync-module';
import type { LinkSides } from './link-parts';

/** What both sides say of a linked record, and what its row keeps of the last failure. Pure. */
export function explainLink({ rows, facts, issue }: LinkSides): Explained {
  if (rows === null) return { isKnown: false, fields: [], lastFailure: null, partOf: [] };
  const { row, record, mirror } = rows;
  const differs = (name: string): boolean => {
    const base = Object.entries(facts?.link.stored.fields ?? {}).find(([field]) => field === name)?.[1];
    return base !== undefined && (base.crm !== base.jira || base.conflict !== null);
  };
  const line = (field: string, dynamics: string | null, jira: string | null | undefined): ReadField => ({
    field,
    dynamics,
    jira: jira ?? null,
    differs: differs(field),
  });
  const shown = issue?.shown;
  const { lastError, errorCode, failingSince, nextRetryOn } = row;
  return {
    isKnown: true,
    fields:
      record === null
        ? []
        : [
            ...(record.facts.status === undefined ? [] : [line('status', record.texts.status, shown?.status)]),
            ...(record.facts.priority === undefined ? [] : [line('priority', record.texts.priority, shown?.priority)]),
            ...(record.facts.summary === undefined ? [] : [line('summary', record.title, shown?.summary)]),
          ],
    lastFailure: lastError === null ? null : { code: errorCode, says: lastError, since: failingSince, nextRetryOn },
    partOf: [
      { table: row.table, id: row.recordId },
      ...(mirror === null ? [] : [{ table: 'crmjira_jira_issue', id: mirror.id }]),
    ],
  };
}
