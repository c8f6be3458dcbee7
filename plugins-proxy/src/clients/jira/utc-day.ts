/** Starts between which work counts: what lies outside is mistyped, and columns of Dataverse do not take every year. */
const [earliest, latest] = [Date.UTC(1990, 0), Date.UTC(2100, 0)];

/**
 * The day in UTC of a worklog's start; empty where it is no moment at which anybody can have worked (F-304). Jira writes
 * `2025-01-20T09:00:00.000+0000`: an offset without colon, which only some parsers take.
 */
export function utcDay(started: string): string {
  const at = Date.parse(started.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return at >= earliest && at < latest ? new Date(at).toISOString().slice(0, 10) : '';
}
