import { SyncPreference } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid } from '../../../clients/dataverse/columns';

/** Errors of one command at most: each is a link of its own, and somebody waits for the answer. */
const errorsAtMost = 100;

const payload = z.object({
  /** Of `crmjira_jira_project`. */
  project: guid,
  /** Id or name of an issue type. */
  type: z.string().trim().min(1).max(100),
  /** Id in Jira; left out: Jira chooses. */
  priority: z.string().max(50).nullish(),
  sync: choice(SyncPreference).nullish(),
  note: z.string().max(2_000).nullish(),
  /** Of `crmjira_monitor_error`. */
  errors: z.array(guid).min(1).max(errorsAtMost),
});

/** What tickets are to be made of. */
export interface WantedTickets {
  readonly projectRowId: string;
  readonly type: string;
  readonly priority: string | null;
  readonly sync: SyncPreference;
  readonly note: string | null;
  /** Each once. */
  readonly errorIds: readonly string[];
}

/** null: it does not say what is wanted */
export function wantedTickets(given: unknown): WantedTickets | null {
  const read = payload.safeParse(given);
  if (!read.success) return null;
  const { project, type, priority, sync, note, errors } = read.data;
  return {
    projectRowId: project,
    type,
    priority: priority?.trim() || null,
    sync: sync ?? SyncPreference.Both,
    note: note?.trim() || null,
    errorIds: [...new Set(errors)],
  };
}

const answer = z.object({
  tickets: z.array(
    z.object({
      error: guid,
      title: z.string(),
      link: guid.nullable(),
      key: z.string().nullable(),
      code: z.string().nullable(),
      says: z.string().nullable(),
    }),
  ),
});

/** What came of one error: its link, or why it has none. */
export type TicketAnswer = z.output<typeof answer>['tickets'][number];

/** The answer of a command that is under way; null: there is none. */
export function answeredTickets(text: string | null): readonly TicketAnswer[] | null {
  try {
    return answer.parse(JSON.parse(text ?? 'null')).tickets;
  } catch {
    // Not of this service: nothing is followed.
    return null;
  }
}
