import { InvalidConfiguration } from './platform/config/invalid-configuration';
import { createProxy } from './create-proxy';
import { createLogger } from './platform/log/create-logger';
import { openConfig } from './platform/secrets/live-config';

/** Starts the service from the environment and stops it on the usual signals. */
async function main(): Promise<void> {
  const live = await openConfig(process.env);
  const config = live.current();
  const logger = createLogger(config.logLevel, live.secrets);
  const proxy = await createProxy(config, logger, () => new Date(), live);
  let stopping = false;
  const stop = (because: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ because }, 'stopping');
    proxy.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ reason: String(error) }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
  // Only where a supervisor holds a channel to this process: without it nobody would stop the service.
  process.on('disconnect', () => stop('the supervising process ended'));
  await proxy.start();
}

main().catch((error: unknown) => {
  const message = error instanceof InvalidConfiguration ? `The configuration is not usable:\n${error.message}` : error;
  console.error(message instanceof Error ? message.message : message);
  process.exit(1);
});
