import { process } from '@crmjira/domain';
import { platformCode } from '../../../clients/dataverse/classify-dataverse-error';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { hasCode } from '../../../platform/errors/has-code';
import { IntegrationError } from '../../../platform/errors/integration-error';

/**
 * Dataverse could not ask a synchronous step, or got no good answer: what passes once the service can be reached.
 * Source: learn.microsoft.com, "Web service error codes", Webhooks…
 */
const unanswered: ReadonlySet<string | null> = new Set([
  '0x80050201', // non-success status
  '0x80050202', // timed out
  '0x80050205', // could not be posted
]);

/** It does not even try, and will not before an administrator mends the registration: headers, query, switched off, too large. */
const unasked: ReadonlySet<string | null> = new Set(['0x80050203', '0x80050204', '0x80050206', '0x80050207']);

/** The failure of a synchronous step, told by the platform's code: its words come in the language of the organisation. Null: another one. */
function stepFailure(error: IntegrationError): IntegrationError | null {
  const code = platformCode(error);
  if (unanswered.has(code))
    return new IntegrationError(
      'The process was not moved, as Dataverse asks the service before each move and got no answer from it.',
      { code: 'stage-step-unavailable', errorClass: 'transient', cause: error },
    );
  if (unasked.has(code))
    return new IntegrationError(
      `The process was not moved, as Dataverse could not ask the service before the move (${code}). Run "crmjira register-steps", and see that webhooks are not switched off for the organisation.`,
      { code: 'stage-step-unavailable', errorClass: 'configuration', cause: error },
    );
  return null;
}

/**
 * Writes to an instance of our process. Before a move or an end Dataverse asks the synchronous step, whoever makes it; the service lets
 * its own pass, so that a refusal means that the step has reached nobody.
 * @throws IntegrationError `stage-step-unavailable`: transient, it passes once the service can be reached; configuration, once the step
 * is registered as it should be
 */
export async function writeProcess(
  client: DataverseClient,
  id: string,
  columns: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    await client.changeSet([{ op: 'update', collection: process.entitySet, id, columns }]);
  } catch (error) {
    const failed = hasCode(error, 'dataverse-refused');
    throw (failed ? stepFailure(error) : null) ?? error;
  }
}
