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
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return (parsed as readonly unknown[]).flatMap(parseMilestone);
  } catch {
    return [];
  }
}

function parseMilestone(entry: unknown): Milestone[] {
  const { name, date, released } = (entry ?? {}) as Record<string, unknown>; // of unknown shape; each property is checked
  if (typeof name !== 'string' || typeof date !== 'string' || !DAY.test(date)) return [];
  return [{ name, date: date.slice(0, 10), released: released === true }];
}
