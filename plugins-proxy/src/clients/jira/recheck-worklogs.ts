import type { HttpClient } from '../../platform/http-client/http-client';
import { utcDay } from './utc-day';
import { billingProperty, type WorklogAnswer, worklogAnswer } from './wire/answers';
import type { WorklogCache } from './worklog-cache';

/** Worklogs that Jira takes in one `worklog/list`. */
const idsPerCall = 1_000;
/** Once so often, in milliseconds: a daily sync is never far from a day after the last. */
const everyMs = 12 * 3_600_000;

const billingOf = ({ properties }: WorklogAnswer): string =>
  JSON.stringify(properties?.find(({ key }) => key === billingProperty)?.value ?? null);

/**
 * Whether a worklog costs what is remembered. Data Center documents no properties of worklogs: where none are shown, none are taken to
 * be there, or every day would read every list again. Pure.
 */
function isAsRemembered(remembered: WorklogAnswer, found: WorklogAnswer | undefined): boolean {
  return (
    found !== undefined &&
    found.timeSpentSeconds === remembered.timeSpentSeconds &&
    utcDay(found.started) === remembered.started &&
    billingOf(found) === billingOf(remembered)
  );
}

/** Issues in pieces of at most so many worklogs; one with more has a piece of its own. */
function piecesOf(memory: WorklogCache): Map<string, readonly WorklogAnswer[]>[] {
  const pieces: Map<string, readonly WorklogAnswer[]>[] = [];
  let count = Infinity;
  for (const [issueId, worklogs] of memory.all()) {
    if (count + worklogs.length > idsPerCall) {
      pieces.push(new Map());
      count = 0;
    }
    pieces.at(-1)?.set(issueId, worklogs);
    count += worklogs.length;
  }
  return pieces;
}

/**
 * Compares everything that is remembered with Jira, a thousand worklogs a request: a rate that somebody has set on a worklog leaves no
 * trace on its issue (F-509). What differs is forgotten, so that the next look reads it. Done once a half day at most, however many
 * projects ask; whoever asks meanwhile waits for it.
 * @param now milliseconds since 1970
 */
export function createWorklogRecheck(
  site: { readonly http: HttpClient; readonly api: string },
  memory: WorklogCache,
  now: () => number,
): () => Promise<void> {
  const recheckPiece = async (piece: ReadonlyMap<string, readonly WorklogAnswer[]>): Promise<void> => {
    const ids = [...piece.values()].flat().map(({ id }) => Number(id));
    // Longer than one answer: its own list is read again.
    const found =
      ids.length > idsPerCall
        ? []
        : await site.http.call({
            method: 'POST',
            path: `${site.api}/worklog/list`,
            query: { expand: 'properties' },
            body: { ids },
            schema: worklogAnswer.array(),
            reads: true,
            repeatable: true,
          });
    const byId = new Map(found.map((worklog) => [worklog.id, worklog]));
    for (const [issueId, worklogs] of piece)
      if (!worklogs.every((worklog) => isAsRemembered(worklog, byId.get(worklog.id)))) memory.forget(issueId);
  };
  let checking: { readonly since: number; readonly done: Promise<void> } | null = null;
  // One after another: an answer about a thousand worklogs takes megabytes while it is read.
  const recheckAll = async (): Promise<void> => {
    for (const piece of piecesOf(memory)) await recheckPiece(piece);
  };
  return async () => {
    const age = checking === null ? -1 : now() - checking.since;
    if (checking === null || age < 0 || age >= everyMs) {
      const started = { since: now(), done: recheckAll() };
      checking = started;
      started.done.catch(() => {
        // The next run that asks tries again.
        if (checking === started) checking = null;
      });
    }
    await checking.done;
  };
}
