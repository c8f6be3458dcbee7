/** Jira's timestamp, `yyyy-MM-dd'T'HH:mm:ss.SSSZ` with a colonless offset; the site runs in UTC. */
export function jiraTimestamp(instant: string): string;
export function jiraTimestamp(instant: string | null): string | null;
export function jiraTimestamp(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace('Z', '+0000');
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:?\d{2}$/;

/** Instant of a timestamp in Jira's format, null for any other text: Jira wants milliseconds, and an offset in digits. */
export function readTimestamp(text: string): string | null {
  if (!TIMESTAMP.test(text)) return null;
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(text: unknown): text is string {
  return typeof text === 'string' && DAY.test(text) && !Number.isNaN(Date.parse(text));
}
