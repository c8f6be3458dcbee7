import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { readConfig } from '../platform/config/read-config';
import { type AddCommand, instant } from './command';
import { exitCodes } from './exit-codes';
import { withStore } from './with-store';

/** `crmjira replay`: runs again what deliveries since a moment were about (R-1406). Doing so twice changes nothing. */
export const addReplay: AddCommand = (program, run) => {
  const command = program
    .command('replay')
    .summary('queue again everything that deliveries since a moment were about')
    .description(
      'Queue again every key that a delivery in the inbox has touched since an instant. The inbox keeps deliveries for 30 days. With the embedded store the service must be stopped meanwhile; it works the queue off when it starts.',
    )
    .addOption(
      new Option('--since <instant>', 'ISO 8601 with offset, or a UTC day').argParser(instant).makeOptionMandatory(),
    );
  run<{ readonly since: Date }>(command, async (terminal, { since }) => {
    const { store } = readConfig(terminal.environment);
    const keys = await withStore(store, async (open) => {
      const found = await open.deliveredKeys(since.getTime());
      const at = terminal.now().getTime();
      const correlationId = randomUUID();
      await open.enqueue(found.map((key) => ({ key, at, correlationId })));
      return found;
    });
    return {
      exitCode: exitCodes.done,
      json: { since: since.toISOString(), queued: keys },
      lines: [...keys, `${keys.length} queued that were touched since ${since.toISOString()}`],
    };
  });
};
