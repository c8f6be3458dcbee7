/** Child process of the reconciler's rows: the whole service, whose clock the parent moves on (`advance`, milliseconds) and that tells how long its answers took and how many connections to Jira it used. */
import { z } from 'zod';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { createProxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { watchConnections } from './watch-connections';

const message = z.union([z.object({ advance: z.number() }), z.enum(['stop', 'answered'])]);

async function main(): Promise<void> {
  let ahead = 0;
  const config = readConfig(process.env);
  const proxy = await createProxy(config, createLogger(config.logLevel, []), () => new Date(Date.now() + ahead));
  const connectionsInUse = watchConnections(new URL(config.jira.url).origin);
  let responses: { readonly ms: number; readonly status: number }[] = [];
  proxy.app.addHook('onResponse', async (_request, reply) => {
    responses.push({ ms: reply.elapsedTime, status: reply.statusCode });
  });
  process.on('message', (given) => {
    const order = message.parse(given);
    if (order === 'answered') {
      process.send?.({ responses, connectionsInUse: connectionsInUse() });
      responses = [];
    } else if (order !== 'stop') ahead += order.advance;
    else void proxy.stop().then(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(await proxy.start());
}

void main();
