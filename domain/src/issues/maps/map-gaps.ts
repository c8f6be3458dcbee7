import type { ValueMap } from './value-map';

/** What the map leaves out: of Jira it changes nothing here, of the record it is not sent. */
export interface MapGaps {
  readonly jira: readonly string[];
  readonly crm: readonly string[];
  /** In the map, but not on the site any more. */
  readonly gone: readonly string[];
}

export function mapGaps({ rows }: ValueMap, jira: readonly string[], crm: readonly string[]): MapGaps {
  const mappedJira = rows.flatMap((row) => row.jira);
  const mappedCrm = rows.flatMap((row) => row.crm);
  return {
    jira: jira.filter((id) => !mappedJira.includes(id)),
    crm: crm.filter((value) => !mappedCrm.includes(value)),
    gone: [...mappedJira.filter((id) => !jira.includes(id)), ...mappedCrm.filter((value) => !crm.includes(value))],
  };
}
