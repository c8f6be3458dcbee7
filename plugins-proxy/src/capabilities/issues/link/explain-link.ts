import type { Explained } from '../../../reconciler/sync-module';
import type { LinkSides } from './link-parts';

/** What both sides say of a linked record, and what its row keeps of the last failure. Pure. */
export function explainLink({ rows, facts, issue }: LinkSides): Explained {
  if (rows === null) return { isKnown: false, fields: [], lastFailure: null };
  const { row, record } = rows;
  const differs = (name: string): boolean => {
    const base = Object.entries(facts?.link.stored.fields ?? {}).find(([field]) => field === name)?.[1];
    return base !== undefined && (base.crm !== base.jira || base.conflict !== null);
  };
  const line = (field: string, dynamics: string | null, jira: string | null) => ({
    field,
    dynamics,
    jira,
    differs: differs(field),
  });
  const shown = issue?.shown;
  return {
    isKnown: true,
    fields:
      record === null || shown === undefined
        ? []
        : [
            ...(record.facts.status === undefined ? [] : [line('status', record.texts.status, shown.status)]),
            ...(record.facts.priority === undefined ? [] : [line('priority', record.texts.priority, shown.priority)]),
            ...(record.facts.summary === undefined ? [] : [line('summary', record.title, shown.summary)]),
          ],
    lastFailure:
      row.lastError === null
        ? null
        : { code: row.errorCode, says: row.lastError, since: row.failingSince, nextRetryOn: row.nextRetryOn },
  };
}
