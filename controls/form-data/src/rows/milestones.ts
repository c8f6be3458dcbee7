/** A version of the Jira project, drawn under the burn-up. */
export interface Milestone {
  readonly name: string;
  /** calendar day */
  readonly date: string;
  readonly released: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * Reads `crmjira_milestones`, JSON text of the integration. Entries without a name or day are left out, text that is not JSON
 * gives none: milestones are an addition to the chart, the figures do not depend on them.
 */
export function parseMilestones(text: string | null): readonly Milestone[] {
  if (text === null) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.flatMap(parseMilestone) : [];
}

function parseMilestone(entry: unknown): Milestone[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { name, date, released } = entry as Record<string, unknown>; // an object of unknown shape; each property is checked
  if (typeof name !== 'string' || typeof date !== 'string' || !DAY.test(date)) return [];
  return [{ name, date: date.slice(0, 10), released: released === true }];
}
