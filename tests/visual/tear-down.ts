import tearDownLogs from '../log-scan/tear-down';
import { end } from './set-up';

/** After the looks. */
export default async function tearDown(): Promise<void> {
  await end();
  tearDownLogs();
}
