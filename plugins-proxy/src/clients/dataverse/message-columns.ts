import { cleanName, cutText, textLength } from '@crmjira/domain';
import type { PlainWrite } from './plain-write';

/** Columns that may carry words of another system; `description` is the text of tasks and mails, `text` that of posts. */
const messageColumns: ReadonlySet<string> = new Set([
  'crmjira_error_message',
  'crmjira_last_error',
  'crmjira_result',
  'crmjira_reason',
  'description',
  'text',
]);

/** One line of a mail, task or activity, which names are put into: with a line break in it Dataverse refuses the mail (F-317). */
const lineColumn = 'subject';

/**
 * The write as it may leave: known secrets are cut out of sentences that people will read (R-1407), and only then every text is cut to
 * what its column holds (F-201). The other way round half a secret would stay at the end, which nobody recognises. Pure.
 */
export function readableWrite(write: PlainWrite, redact: (text: string) => string): PlainWrite {
  const readable = ([name, value]: [string, unknown]): [string, unknown] => {
    if (typeof value !== 'string') return [name, value];
    const length = textLength(write.collection, name);
    const text = messageColumns.has(name) ? redact(value) : name === lineColumn ? cleanName(value) : value;
    return [name, length === null ? text : cutText(text, length)];
  };
  return { ...write, columns: Object.fromEntries(Object.entries(write.columns).map(readable)) };
}
