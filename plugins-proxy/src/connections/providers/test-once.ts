import { classifyError } from '../../platform/errors/classify-error';
import { sidesOf } from '../../platform/errors/side-of';
import { problemOf } from './problem-of';
import type { Provider, TestResult } from './provider';

/**
 * Tests a connection that nothing else uses: what was just entered is tried, and nothing that was remembered.
 * @param open opens it @param retire closes it again
 * @throws IntegrationError where Dataverse cannot be read
 */
export async function testOnce<Found, Connection extends { readonly provider: Provider<Found> }>(
  open: () => Promise<Connection>,
  retire: (connection: Connection) => void,
): Promise<TestResult<Found>> {
  try {
    const connection = await open();
    return await connection.provider.test().finally(() => retire(connection));
  } catch (thrown) {
    const error = classifyError(thrown);
    // Nothing about the connection: it is tested when Dataverse answers.
    if (error.errorClass === 'transient' && sidesOf(error.code).includes('dataverse')) throw error;
    return { ok: false, found: {}, problem: problemOf(error), error };
  }
}
