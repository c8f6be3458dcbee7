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

/** Worklogs are looked at every ten minutes: who takes theirs and which records have changed, of each site; the feed, where somebody does. */
const looksAtWorklogs = minutes / 10;
const worklogsPerLook = { dataverse: 2, jira: 1 } as const;
/** Of those that are compared, so many a request, and so many a look at most. */
const [worklogsPerRequest, worklogsAtMost] = [1_000, 10_000];

/** What the looks for worklogs cost that Jira tells nobody of. */
function requestsOfWorklogs({ sites, records }: { readonly sites: number; readonly records: number }) {
  const compared = Math.ceil(Math.min(records, worklogsAtMost) / worklogsPerRequest);
  return {
    dataverse: looksAtWorklogs * sites * worklogsPerLook.dataverse,
    jira: looksAtWorklogs * (sites * worklogsPerLook.jira + compared),
  };
}

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
  /** Sites whose worklogs are followed, and the time records of a month that are in Jira; left out: time is switched off. */
  readonly worklogs?: { readonly sites: number; readonly records: number };
}): { readonly dataverse: number; readonly jira: number } {
  const polls = (minutes * 60_000) / of.pollIntervalMs;
  const { unchanged } = requestsPerProject;
  const time = requestsOfWorklogs(of.worklogs ?? { sites: 0, records: 0 });
  const looks = of.inbound === 'none' ? 0 : minutes / 5;
  return {
    dataverse: Math.round(
      polls * of.trackedTables +
        (minutes / 5) * everyFiveMinutes +
        looks * watchPerLook.dataverse +
        of.mappings * unchanged.dataverse +
        time.dataverse,
    ),
    jira: (of.mappings === 0 ? 0 : looks * watchPerLook.jira) + of.mappings * unchanged.jira + time.jira,
  };
}
