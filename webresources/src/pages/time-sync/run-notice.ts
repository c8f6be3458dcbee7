import { CommandType, type Language, commandTypeLabels } from '@crmjira/domain';
import { type AskedOf, type Wanted, isAnswered } from '../../commands/ask-about';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import type { NoticeView } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';

/** Records of one command: the service takes no more. */
export const MOST_RECORDS = 1_000;

export interface Speaking {
  readonly say: Say<typeof timeSyncTexts>;
  readonly format: PageFormat;
}

/** What the service tells of records that it was to sync; `failed` also while it is at it. */
interface SyncAnswer {
  readonly failed?: number;
  readonly succeeded?: number;
  readonly errors?: readonly { readonly record: string; readonly error: string }[];
}

/** Asks to log the time of these records in Jira (R-1807). @param records at least one */
export const syncOf = (records: readonly string[], language: Language): Wanted => ({
  regarding: { table: 'crmjira_time_record', id: records[0] ?? '' },
  type: CommandType.SyncTime,
  name: commandTypeLabels[CommandType.SyncTime][language],
  payload: { records },
});

/** The service's own document; nothing where it tells none. */
export const syncAnswer = ({ answer }: AskedOf): SyncAnswer =>
  typeof answer === 'object' && answer !== null ? (answer as SyncAnswer) : {};

/** Records of which a command told that they failed. */
export const failedOf = (asked: AskedOf): readonly string[] =>
  (syncAnswer(asked).errors ?? []).map(({ record }) => record);

/** Nobody may ask, or nothing could be sent; null: it was sent. */
export function notSentNotice({ notSent }: AskedOf, { say }: Speaking): NoticeView | null {
  if (notSent === null) return null;
  return notSent === 'forbidden'
    ? { tone: 'over', icon: 'Lock', strong: say('notAllowed'), text: say('notAllowedNext') }
    : { tone: 'over', icon: 'PlugDisconnected', strong: say('notSent'), text: say('notSentNext') };
}

/** How far a sync of records is, and what came of it: each error once, with the number of records that it held up (R-1807). Pure. */
export function runNotice(asked: AskedOf, records: number, speaking: Speaking): NoticeView {
  const { say, format } = speaking;
  const notSent = notSentNotice(asked, speaking);
  if (notSent !== null) return notSent;
  const { failed = 0, succeeded = 0, errors = [] } = syncAnswer(asked);
  if (!isAnswered(asked))
    return {
      ...{ tone: 'brand', icon: 'ProgressRingDots', text: say('leave') },
      strong: say('progress', {
        n: format.number(asked.done),
        m: format.number(records),
        f: format.number(failed),
      }),
      progress: { done: asked.done, of: records },
    };
  if (succeeded === records)
    return { tone: 'ok', icon: 'Completed', strong: counted(say, 'resultAll', records, format), text: '' };
  // Refused as a whole: the service's sentence says why.
  if (errors.length === 0) return { tone: 'over', icon: 'ErrorBadge', strong: asked.result, text: '' };
  const byText = new Map<string, number>();
  for (const { error } of errors) {
    const [text = ''] = error.split('\n');
    byText.set(text, (byText.get(text) ?? 0) + 1);
  }
  return {
    ...{ tone: 'over', icon: 'ErrorBadge', text: say('unchanged') },
    strong: say('result', { s: format.number(succeeded), f: format.number(failed) }),
    lines: [...byText].map(([e, n]) => say(n === 1 ? 'errorOne' : 'error', { e, n: format.number(n) })),
  };
}
