import type { RootIssueFields } from '@crmjira/domain';
import type { JiraSite } from './jira-site';
import { type Brought, readProperty, rootIssueProperty, writeProperty } from './ownership';
import { rootIssueValue } from './wire/answers';

/** What a project remembers of its root issue, so that it is found without a search index that lags behind. */
export interface RootIssueRecord {
  readonly id: string;
  /** What we wrote to it, the former state first: any other value is somebody else's. Empty where it was not kept yet. */
  readonly known: readonly RootIssueFields[];
}

/** States that are kept: the one before tells of a write that was cut off. */
const keptStates = 2;

/** The root issue that a project remembers; null when it remembers none. @param brought what came with the project's answer */
export async function readRootIssueRecord(
  site: JiraSite,
  projectId: string,
  brought: Brought = {},
): Promise<RootIssueRecord | null> {
  const parsed = rootIssueValue.safeParse(
    brought[rootIssueProperty] ?? (await readProperty(site, projectId, rootIssueProperty)),
  );
  return parsed.success ? parsed.data : null;
}

const fieldsOf = ({ opportunityId, accountId, budgetStatus, approvedAmount }: RootIssueFields): string =>
  JSON.stringify([opportunityId, accountId, budgetStatus, approvedAmount]);

/** Keeps a state beside the one before it; one that is written again after a failure does not push that one out. */
export async function writeRootIssueRecord(
  site: JiraSite,
  projectId: string,
  { id, known }: RootIssueRecord,
  state: RootIssueFields,
): Promise<void> {
  const last = known.at(-1);
  if (last !== undefined && fieldsOf(last) === fieldsOf(state)) return;
  await writeProperty(site, projectId, rootIssueProperty, { id, known: [...known, state].slice(-keptStates) });
}
