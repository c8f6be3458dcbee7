import { CommandState, CommandType, type Language, commandTypeLabels } from '@crmjira/domain';
import { type AskedOf, askAbout, isAnswered } from '../../commands/ask-about';

/** Records of one command: the service takes no more. */
const A_TIME = 100;

/** The key that a record is to have: null takes it off again. */
export interface KeyWish {
  readonly record: string;
  /** as it was seen: a record that somebody has changed since stays as it is */
  readonly from: string | null;
  readonly to: string | null;
}

/** What the service tells of a key. */
export interface CheckedIssue {
  readonly asked: string;
  readonly key: string | null;
  readonly reason: string | null;
  readonly summary: string | null;
  readonly status: string | null;
  readonly category: string | null;
}

interface Answer {
  readonly records: readonly { readonly record: string; readonly key: string | null; readonly ok: boolean }[];
  readonly issues: readonly CheckedIssue[];
}

export interface Answered extends Answer {
  /** what ended it early; what was answered before stands */
  readonly trouble: AskedOf | null;
}

/** Null: the sentence of the service is all, which says why nothing was done. */
function answerOf({ answer }: AskedOf): Answer | null {
  const isWhole = typeof answer === 'object' && answer !== null && Array.isArray(Reflect.get(answer, 'records'));
  // the service's own document, whose lists have been looked for
  return isWhole ? (answer as Answer) : null;
}

/**
 * Asks whether keys are issues, or writes them, so many records at a time.
 * @param isCheck nothing is written @param onDone told how many are done; where it answers false, no more is asked
 */
export async function askKeys(
  wishes: readonly KeyWish[],
  isCheck: boolean,
  language: Language,
  onDone: (done: number) => boolean,
): Promise<Answered> {
  const type = CommandType.Backfill;
  let answered: Answer = { records: [], issues: [] };
  for (let done = 0; done < wishes.length && onDone(done); done += A_TIME) {
    const records = wishes.slice(done, done + A_TIME);
    const regarding = { table: 'crmjira_time_record', id: records[0]?.record ?? '' };
    const asked = await askAbout(
      { regarding, type, name: commandTypeLabels[type][language], payload: { records, check: isCheck } },
      () => onDone(done),
    );
    const answer = isAnswered(asked) && asked.state !== CommandState.Refused ? answerOf(asked) : null;
    if (answer === null) return { ...answered, trouble: asked };
    answered = {
      records: [...answered.records, ...answer.records],
      issues: [...answered.issues, ...answer.issues],
    };
  }
  return { ...answered, trouble: null };
}
