/** A field whose sides differ although every run has been made. */
export interface Discrepancy {
  readonly field: string;
  /** as stored, in words of the integration: what Dynamics says stands in the row */
  readonly jira: string | null;
  /** instant of the run that first saw it */
  readonly since: string | null;
}

/** What the table of fields needs of a mapping. */
export interface ChosenRow {
  readonly key: string;
  readonly status: number | null;
  readonly statusText: string;
  readonly approved: string;
  readonly spent: string;
  readonly jiraAmount: string;
}

/** Reads `crmjira_discrepancies`: JSON that the integration wrote. Nothing is told from a text that is not what it promises. */
export function parseDiscrepancies(text: string | null): readonly Discrepancy[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lines) ? lines.map(toDiscrepancy).filter(({ field }) => field) : [];
  } catch {
    return [];
  }
}

/** @param line whatever stands in a list */
function toDiscrepancy(line: Readonly<Record<string, unknown>> | null): Discrepancy {
  const text = (name: string): string | null => {
    const value = line?.[name];
    return typeof value === 'string' ? value : null;
  };
  return { field: text('field') ?? '', jira: text('jira'), since: text('since') };
}
