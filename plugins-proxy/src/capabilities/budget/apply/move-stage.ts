import type { Action } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { writeProcess } from './write-process';

/**
 * Moves the process one adjacent stage on, with the path that belongs to it (ADR-3).
 * @throws IntegrationError as `writeProcess`
 */
export function moveStage(
  client: DataverseClient,
  action: Extract<Action, { kind: 'dataverse.move-stage' }>,
): Promise<void> {
  return writeProcess(client, action.instanceId, {
    'activestageid@odata.bind': `/processstages(${action.toStageId})`,
    traversedpath: action.traversedPath,
  });
}
