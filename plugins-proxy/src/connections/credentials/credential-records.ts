import { derivedId, IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { quoted } from '../../clients/dataverse/filter';
import type { SecretFacts, SecretName } from '../../platform/secrets/collect-secrets';
import { type AgeLimits, type SecretAge, standardAgeLimits } from '../../platform/secrets/secret-ages';
import type { Refusal } from '../../platform/secrets/refusals';

/** What `crmjira_event_type` of these log rows says. */
export const credentialEvents = { rotation: 'secret_rotation', review: 'credential_review' } as const;

/** A log row about a credential: no role may delete one, and the log is kept for seven years (R-1107). */
function logRow(
  id: string,
  name: SecretName,
  event: string,
  says: string,
  succeeded: boolean,
  correlationId: string,
  durationMs: number,
): PlainWrite {
  return {
    op: 'create',
    collection: tables.crmjira_integration_log.entitySet,
    id,
    columns: {
      crmjira_operation_type: OperationType.Update,
      crmjira_source_system: name.startsWith('JIRA') ? SourceSystem.Jira : SourceSystem.Dynamics365,
      crmjira_source_record_id: name,
      crmjira_integration_status: succeeded ? IntegrationStatus.Success : IntegrationStatus.Failed,
      crmjira_event_type: event,
      crmjira_error_message: says,
      crmjira_correlation_id: correlationId,
      crmjira_duration_ms: Math.max(0, Math.round(durationMs)),
    },
  };
}

/** How a rotation went. */
export interface RotationResult {
  readonly name: SecretName;
  readonly succeeded: boolean;
  /** One sentence; no secret. */
  readonly says: string;
}

/**
 * The row that tells of a rotation (R-1218, R-1101).
 * @param durationMs from its beginning to its proof or its failure, waiting included
 */
export function rotationRow(result: RotationResult, correlationId: string, durationMs: number): PlainWrite {
  const id = derivedId('secret-rotation', result.name, correlationId);
  const says = `Rotation of ${result.name}: ${result.says}`;
  return logRow(id, result.name, credentialEvents.rotation, says, result.succeeded, correlationId, durationMs);
}

const places: Readonly<Record<SecretFacts['place']['kind'], string>> = {
  variable: 'no command can: it is given in a variable',
  file: 'none has put a new value into its file',
  vault: 'none has put a new version into its vault',
};
const inDays = (days: number | null): string => (days === null ? 'unknown' : `${Math.floor(days)} days`);

/**
 * The review record of a credential failure (R-1410): schedule, why no rotation has helped, thresholds in force. Pure; the reviewer
 * answers it as docs/operations.md says.
 */
export function reviewText(
  refusal: Refusal,
  facts: SecretFacts | undefined,
  age: SecretAge | undefined,
  lastRotation: string | null,
  { rotateAfter, limit, warnBefore }: AgeLimits = standardAgeLimits,
): string {
  const standard = standardAgeLimits;
  const isStandard =
    rotateAfter === standard.rotateAfter && limit === standard.limit && warnBefore === standard.warnBefore;
  const changed = isStandard
    ? 'none'
    : `in Dynamics, from ${standard.warnBefore}, ${standard.rotateAfter} and ${standard.limit}`;
  return [
    `Review of a credential failure: ${refusal.name} was refused at ${refusal.at.toISOString()}.`,
    `Rotation schedule: every ${rotateAfter} days, ${limit} at most; age ${inDays(age?.ageDays ?? null)}, left ${inDays(age?.daysLeft ?? null)}.`,
    `Why no rotation helped: ${places[facts?.place.kind ?? 'variable']}; last rotation on record: ${lastRotation ?? 'none'}.`,
    `Alert thresholds in force: ${warnBefore} days before the end, ${rotateAfter} and ${limit} days of age; changed: ${changed}.`,
  ].join(' ');
}

/**
 * The row of a review; one a secret and day (R-1101).
 * @param durationMs from the refusal to this row, which waits while nothing can be written
 */
export function reviewRow(
  connectionId: string,
  refusal: Refusal,
  text: string,
  correlationId: string,
  durationMs: number,
): PlainWrite {
  const day = refusal.at.toISOString().slice(0, 10);
  const id = derivedId(connectionId, credentialEvents.review, refusal.name, day);
  return logRow(id, refusal.name, credentialEvents.review, text, false, correlationId, durationMs);
}

const rotationRowRead = z.object({ createdon: z.string(), crmjira_error_message: z.string().nullable() });

/** The newest row about rotations of a secret, in words; null when there is none. */
export async function readLastRotation(
  client: Pick<DataverseClient, 'many'>,
  name: SecretName,
): Promise<string | null> {
  const rows = await client.many(
    tables.crmjira_integration_log.entitySet,
    {
      select: Object.keys(rotationRowRead.shape),
      filter: `crmjira_event_type eq ${quoted(credentialEvents.rotation)} and crmjira_source_record_id eq ${quoted(name)}`,
      orderBy: ['createdon desc'],
      top: 1,
    },
    rotationRowRead,
  );
  const [row] = rows;
  return row === undefined ? null : `${row.createdon} ${row.crmjira_error_message ?? ''}`.trim();
}
