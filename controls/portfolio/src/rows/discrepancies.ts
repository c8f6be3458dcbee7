/** Fields that a person may decide about, in the order they are shown (R-1506, command 7). */
export const FIELDS = ['approved', 'amount', 'spent', 'status', 'key'] as const;
export type Field = (typeof FIELDS)[number];

/** A field whose sides differ although every run has been made. */
export interface Discrepancy {
  readonly field: string;
  /** as stored, in words of the integration */
  readonly crm: string | null;
  readonly jira: string | null;
  /** instant of the run that first saw it */
  readonly since: string | null;
}

/** What the table of fields needs of a mapping. */
export interface ChosenRow {
  readonly key: string | null;
  readonly status: number | null;
  readonly statusText: string;
  readonly approved: string;
  readonly spent: string;
  readonly jiraAmount: string;
}

/** Reads `crmjira_discrepancies`: JSON that the integration wrote. Nothing is told from a text that is not what it promises. */
export function parseDiscrepancies(text: string | null): readonly Discrepancy[] {
  if (text === null) return [];
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines) ? lines.filter(isObject).map(toDiscrepancy) : [];
  } catch {
    return [];
  }
}

function isObject(line: unknown): line is Readonly<Record<string, unknown>> {
  return typeof line === 'object' && line !== null;
}

function toDiscrepancy(line: Readonly<Record<string, unknown>>): Discrepancy {
  const text = (name: string): string | null => (typeof line[name] === 'string' ? line[name] : null);
  return { field: text('field') ?? '', crm: text('crm'), jira: text('jira'), since: text('since') };
}
