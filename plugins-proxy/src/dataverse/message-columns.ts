import { tables } from '@crmjira/domain';
import type { PlainWrite } from './dataverse-client';

/** Characters of `crmjira_error_message`, `crmjira_last_error`, `crmjira_result` and of a task's `description`. */
export const messageLength = 2_000;
/** Characters of the reason beside a dependency's health. */
const reasonLength = 500;

/** Columns that may carry words of another system, and how much fits into them; `description` is the text of tasks and mails. */
const messageColumns = {
  crmjira_error_message: messageLength,
  crmjira_last_error: messageLength,
  crmjira_result: messageLength,
  crmjira_jira_reason: reasonLength,
  crmjira_dataverse_reason: reasonLength,
  crmjira_budget_source_reason: reasonLength,
  crmjira_gateway_reason: reasonLength,
  description: null,
} as const;

/**
 * The write as it may leave: known secrets are cut out of sentences that people will read (R-1407), and only then what does not fit is cut
 * off. The other way round half a secret would stay at the end, which nobody recognises. Pure.
 */
export function readableWrite(write: PlainWrite, redact: (text: string) => string): PlainWrite {
  const columns: Record<string, unknown> = { ...write.columns };
  for (const [name, length] of Object.entries(messageColumns)) {
    const value = columns[name];
    if (typeof value !== 'string') continue;
    // A mail is as long as it is.
    const most = name === 'description' && write.collection === tables.task.entitySet ? messageLength : length;
    columns[name] = most === null ? redact(value) : redact(value).slice(0, most);
  }
  return { ...write, columns };
}
