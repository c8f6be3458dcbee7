import { process } from '@crmjira/domain';
import { IntegrationError } from '../../errors/integration-error';
import type { DataverseClient } from '../dataverse-client';

/** How Dataverse words a synchronous step that did not answer, or not well; other refusals of a move name the stage or the column. */
const stepFailed = /\bwebhook\b/i;

/**
 * Writes to an instance of our process. Before a move or an end Dataverse asks the synchronous step, whoever makes it; the service lets
 * its own pass, so that a refusal means that the step has reached nobody.
 * @throws IntegrationError `stage-step-unavailable`, which passes once the service can be reached
 */
export async function writeProcess(
  client: DataverseClient,
  id: string,
  columns: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    await client.changeSet([{ op: 'update', collection: process.entitySet, id, columns }]);
  } catch (error) {
    const failed = error instanceof IntegrationError && error.code === 'dataverse-refused';
    if (!failed || !stepFailed.test(error.message)) throw error;
    throw new IntegrationError(
      'The process was not moved, as Dataverse asks the service before each move and got no answer from it.',
      { code: 'stage-step-unavailable', errorClass: 'transient', cause: error },
    );
  }
}
