/** Two runs for one project that were under way at the same moment. */
export interface Overlap {
  readonly projectId: string;
  readonly interrupted: string;
  readonly by: string;
}

/** What a request to Jira tells of the run that sends it. */
export interface SeenRequest {
  /** Which replica sends it. */
  readonly replica: string;
  readonly projectId: string;
  /** A request that a round may begin with: the project's head, or its issues where the head is remembered. */
  readonly begins: boolean;
}

/**
 * Sees from Jira's side whether two replicas work on one project at a time: the requests of a round come in a row, so that one that
 * continues a round after another replica has asked for the same project belongs to a run that was not alone.
 */
export function createOverlapDetector() {
  const holders = new Map<string, string>();
  const overlaps: Overlap[] = [];
  let seen = 0;
  return {
    overlaps,
    seen: (): number => seen,
    note: ({ replica, projectId, begins }: SeenRequest): void => {
      seen += 1;
      const holder = holders.get(projectId);
      if (!begins && holder !== undefined && holder !== replica)
        overlaps.push({ projectId, interrupted: replica, by: holder });
      holders.set(projectId, replica);
    },
  };
}

/** The request as the detector takes it; null for one that belongs to no run of an opportunity. */
export function seenRequest(
  replica: string,
  method: string,
  url: string,
  projectOfIssue: (id: string) => string | undefined,
): SeenRequest | null {
  const { pathname, searchParams } = new URL(url, 'http://jira');
  // Asked by the job of the issue, which comes before the job of its opportunity.
  if (searchParams.get('fields') === 'project') return null;
  const [, kind, id] = /^\/rest\/api\/[23]\/(project|issue)\/(\d+)/.exec(pathname) ?? [];
  if (kind === 'project' && id !== undefined) {
    const begins = method === 'GET' && pathname.endsWith(`/project/${id}`);
    return { replica, projectId: id, begins };
  }
  if (kind === 'issue' && id !== undefined) {
    const projectId = projectOfIssue(id);
    return projectId === undefined ? null : { replica, projectId, begins: false };
  }
  const searched = /project\s*=\s*"?(\d+)/.exec(searchParams.get('jql') ?? '')?.[1];
  return searched === undefined ? null : { replica, projectId: searched, begins: true };
}
