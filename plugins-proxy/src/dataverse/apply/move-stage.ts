import { type Action, process } from '@crmjira/domain';
import type { DataverseClient } from '../dataverse-client';

/** Moves the process one adjacent stage on, with the path that belongs to it (DESIGN decision 3). */
export async function moveStage(
  client: DataverseClient,
  action: Extract<Action, { kind: 'dataverse.move-stage' }>,
): Promise<void> {
  await client.changeSet([
    {
      op: 'update',
      collection: process.entitySet,
      id: action.instanceId,
      columns: {
        'activestageid@odata.bind': `/processstages(${action.toStageId})`,
        traversedpath: action.traversedPath,
      },
    },
  ]);
}
