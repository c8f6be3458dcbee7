import { CommandType, derivedId, fitText, tables, wholeSecond } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { GivenCommand } from '../../reconciler/commands';
import { writeOnce } from '../../clients/dataverse/write-once';

/** What administrators do, as `crmjira_action` names it; before it `refused:`, or `refused-role:` where the role was lacking. */
export type AdminAction =
  | 'created'
  | 'changed'
  | 'tested'
  | 'activated'
  | 'deactivated'
  | 'deleted'
  | 'run'
  | 'run-confirmed'
  | 'secret-rotated'
  | 'mapping-tried';

/** What a refused command would have been. */
export const actionOf = {
  [CommandType.SaveIntegration]: 'changed',
  [CommandType.SetActive]: 'activated',
  [CommandType.DeleteIntegration]: 'deleted',
  [CommandType.TestConnection]: 'tested',
  [CommandType.Run]: 'run',
  [CommandType.ConfirmRun]: 'run-confirmed',
  [CommandType.RotateWebhookSecret]: 'secret-rotated',
  [CommandType.TryMapping]: 'mapping-tried',
} as const satisfies Readonly<Partial<Record<CommandType, AdminAction>>>;

export interface AuditedAction {
  readonly command: Pick<GivenCommand, 'id' | 'regarding' | 'requestedById'>;
  readonly action: AdminAction | `refused:${AdminAction}` | `refused-role:${AdminAction}`;
  /** Of what it is about, kept when that is deleted. */
  readonly name: string;
  /** Fingerprints of the settings; never values (R-1616). */
  readonly before?: string | null;
  readonly after?: string | null;
}

/** Keeps an administrative action (R-1616); the same command keeps one row, however often it is carried out. */
export async function audit(
  { dataverse, now }: { readonly dataverse: Pick<DataverseClient, 'changeSet'>; readonly now: () => Date },
  { command, action, name, before = null, after = null }: AuditedAction,
): Promise<void> {
  const { id, regarding, requestedById } = command;
  const columns = {
    crmjira_name: fitText('crmjira_admin_audit', 'crmjira_name', name),
    crmjira_action: action,
    crmjira_target_table: regarding?.table ?? null,
    crmjira_target_id: regarding?.id ?? null,
    crmjira_before_hash: before,
    crmjira_after_hash: after,
    crmjira_at: wholeSecond(now().toISOString()),
    'crmjira_actor@odata.bind': `/${tables.systemuser.entitySet}(${requestedById})`,
  };
  const collection = tables.crmjira_admin_audit.entitySet;
  await writeOnce(dataverse, { op: 'create', collection, id: derivedId(id, 'admin-audit'), columns });
}
