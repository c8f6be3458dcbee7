import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { connect } from '../../plugins-proxy/src/capabilities/connect';
import { registerAll } from '../../plugins-proxy/src/operations/registration/register-all';
import { createGateway, type Gateway } from '../../sandbox/src/gateway';
import { eventually } from './eventually';
import { opportunityId, stopLater, type World } from './world';

const password = 'gateway-password-of-the-tests';

/** A service that nothing reaches but the gateway's connection, and that looks for changes by itself once an hour. */
export const gatewayConnection = {
  INBOUND: 'none',
  POLL_INTERVAL_MS: '3600000',
  CONNECTOR_ENABLED: 'true',
  CONNECTOR_USER: 'crm-jira-gateway',
  CONNECTOR_PASSWORD: password,
};

const operation = z.object({ id: z.guid(), state: z.string(), projectKey: z.string().optional() });
export type OperationState = z.output<typeof operation>;

/** A gateway with the connection of the custom connector, before the service of a world. */
export async function openGateway(world: World, options: Parameters<typeof createGateway>[0] = {}) {
  const gateway: Gateway = createGateway(options);
  const address = await gateway.app.listen({ port: 0, host: '127.0.0.1' });
  stopLater(() => gateway.close());
  gateway.connect('flows', {
    target: world.proxyUrl,
    authentication: { kind: 'basic', user: gatewayConnection.CONNECTOR_USER, password },
  });
  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${address}/apim/crmjira/flows${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    gateway,
    call,
    start: async (kind: string): Promise<OperationState> => {
      const asked = { kind, opportunityId, clientRequestId: randomUUID() };
      const response = await call('POST', '/rest/connector/operations', asked);
      if (response.status !== 202) throw new Error(`StartOperation: ${response.status} ${await response.text()}`);
      return operation.parse(await response.json());
    },
    read: async (id: string): Promise<OperationState> =>
      operation.parse(await (await call('GET', `/rest/connector/operations/${id}`)).json()),
  };
}

/**
 * Cloud flows in the way that goes through the gateway (ADR-13 b): what Dataverse and Jira tell of reaches the flows, and
 * each asks the service, by StartOperation, to look. One run at a time, as the flows' triggers are set.
 */
export async function flowsThroughGateway(world: World) {
  const { gateway, start, read } = await openGateway(world);
  const operations: string[] = [];
  const failures: unknown[] = [];
  let waiting = false;
  let running: Promise<void> | null = null;

  const runs = async (): Promise<void> => {
    while (waiting) {
      waiting = false;
      const { id } = await start(operations.length === 0 ? 'provision' : 'sync');
      operations.push(id);
    }
  };
  const server = createServer((request, response) => {
    request.resume();
    response.end();
    waiting = true;
    running ??= runs()
      .catch((error: unknown) => void failures.push(error))
      .finally(() => (running = null));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stopLater(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // The triggers of the flows: the same events, told to them and not to the service.
  const config = { ...world.config, inbound: 'direct', publicUrl } as const;
  const connections = connect(config, world.clock);
  await registerAll(config, connections);
  await connections.close();

  return {
    gateway,
    failures,
    operations,
    /** The first operation has ended; gives its state. */
    firstDone: async (): Promise<OperationState> => {
      let state: OperationState | undefined;
      await eventually(async () => {
        state = await read(operations[0] ?? '');
        expect(state).toMatchObject({ state: 'done' });
      });
      if (state === undefined) throw new Error('no operation was started');
      return state;
    },
  };
}
