/** Requests that one trigger costs. Of a batch the HTTP request counts for service protection, each operation in it for the entitlement. */
export interface RequestCost {
  readonly dataverse: number;
  readonly dataverseOperations: number;
  readonly rowsWritten: number;
  readonly jira: number;
}

/**
 * What a linked project costs (R-2307), as the sandbox counts it with the computed budget source on Jira Cloud; a test holds these
 * numbers to what is sent. Runs of other projects at the same time share batches, which lowers `dataverse` and nothing else.
 */
export const requestsPerProject = {
  /** a daily sync that finds nothing */
  unchanged: { dataverse: 2, dataverseOperations: 12, rowsWritten: 0, jira: 2 },
  /** an event whose figures are applied, from reading to the proof that nothing is left */
  change: { dataverse: 5, dataverseOperations: 30, rowsWritten: 6, jira: 3 },
} as const satisfies Record<string, RequestCost>;

/** Minutes of a day. */
const minutes = 1_440;
/** Health is read, compared and written every five minutes, success rate and settings are read (definitions, values): requests each time. */
const everyFiveMinutes = 5;

/** Whether webhooks arrive is asked every five minutes: the linked projects of Dataverse, the changed issues of Jira. */
const watchPerLook = { dataverse: 1, jira: 1 } as const;

/**
 * Requests of a day on which nothing happens: change tracking asks each table at each poll, health is shown, and every linked project
 * is looked at once. Settings, read once a minute while something runs, come on top of it with the events.
 */
export function requestsOfAQuietDay(of: {
  readonly mappings: number;
  readonly trackedTables: number;
  readonly pollIntervalMs: number;
  /** Whether webhooks come in, which are watched; left out: they do. */
  readonly inbound?: 'direct' | 'none';
}): { readonly dataverse: number; readonly jira: number } {
  const polls = (minutes * 60_000) / of.pollIntervalMs;
  const { unchanged } = requestsPerProject;
  const looks = of.inbound === 'none' ? 0 : minutes / 5;
  return {
    dataverse: Math.round(
      polls * of.trackedTables +
        (minutes / 5) * everyFiveMinutes +
        looks * watchPerLook.dataverse +
        of.mappings * unchanged.dataverse,
    ),
    jira: (of.mappings === 0 ? 0 : looks * watchPerLook.jira) + of.mappings * unchanged.jira,
  };
}
