import {
  type Action,
  cutText,
  derivedId,
  IntegrationStatus,
  logRow,
  OperationType,
  type RootIssueFields,
  SourceSystem,
  type StoredRootIssue,
} from '@crmjira/domain';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { type FieldIds, fieldNames } from '../../../clients/jira/resolve-fields';
import { updateRootIssue } from '../../../clients/jira/root-issue';
import { readRootIssueRecord, writeRootIssueRecord } from '../../../clients/jira/root-issue-record';

type UpdateRootIssue = Extract<Action, { kind: 'jira.update-root-issue' }>;

const rootFields = Object.keys(fieldNames) as readonly (keyof RootIssueFields)[];

/** Values longer than this are cut in the log row, in characters. */
const valueLength = 100;

/** Fields of an issue that hold what none of ours ever was: changed by hand, in words. Pure. */
export function changedByHand(
  found: Partial<StoredRootIssue>,
  wished: RootIssueFields,
  known: readonly RootIssueFields[],
): readonly string[] {
  if (known.length === 0) return [];
  const said = (value: unknown): string => cutText(String(value ?? 'nothing'), valueLength);
  return rootFields
    .filter((name) => name in found && [...known, wished].every((state) => state[name] !== found[name]))
    .map((name) => `${fieldNames[name]} was ${said(found[name])}, Dynamics has ${said(wished[name])}`);
}

/**
 * Brings the root issue to Dynamics' values. What somebody changed there by hand is recorded as a discrepancy before it is put back
 * (R-517): afterwards nothing would tell of it.
 */
export async function applyRootIssue(
  dataverse: DataverseClient,
  site: JiraSite,
  action: UpdateRootIssue,
  fields: FieldIds,
  log: LogContext & { readonly now: string },
): Promise<void> {
  const { projectId, issueId, found, wished, subject } = action;
  const remembered = (await readRootIssueRecord(site, projectId)) ?? { id: issueId, known: [] };
  const changes = changedByHand(found, wished, remembered.known);
  if (changes.length > 0) {
    const columns = logRow({
      operation: OperationType.Update,
      source: SourceSystem.Jira,
      sourceId: subject.projectKey,
      targetId: subject.opportunityId,
      status: IntegrationStatus.Success,
      mapping: subject.mappingId,
      eventType: 'root_issue_put_back',
      message: `Discrepancy: the root issue was changed in Jira and is put back. ${changes.join('; ')}.`,
    });
    const id = derivedId(subject.mappingId, 'log', 'root-issue', log.now.slice(0, 10), changes.join(' '));
    await applyChangeSet(dataverse, [{ op: 'create', table: 'crmjira_integration_log', id, columns }], log);
  }
  // Another issue than the remembered one took its place: it is written down even where the values are those of before.
  const known = remembered.id === issueId ? remembered.known : [];
  await writeRootIssueRecord(site, projectId, { id: issueId, known }, wished);
  await updateRootIssue(site, issueId, action.fields, fields);
}
