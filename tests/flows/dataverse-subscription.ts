import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { RowSubscription } from '../../sandbox/src/flows';
import { stopLater, type World } from '../plugins-proxy/world';

const context = z.object({ PrimaryEntityId: z.guid(), MessageName: z.string() });
const messageRow = z.object({ sdkmessageid: z.guid() });
const filterRow = z.object({ sdkmessagefilterid: z.guid() });

/** Has Dataverse tell of the changes that a flow has subscribed to, as it does for the connector's trigger. */
export async function subscribe(
  world: World,
  { table, messages, columns }: RowSubscription,
  changed: (rowId: string) => void,
): Promise<void> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      changed(context.parse(JSON.parse(body)).PrimaryEntityId);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stopLater(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // listen() on a TCP port always gives an AddressInfo.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/flow`;
  const { admin } = world.standIns;
  const endpoint = randomUUID();
  await world.write('serviceendpoints', endpoint, {
    name: `trigger ${table}`,
    contract: 8,
    url,
    authtype: 5,
    authvalue: '<settings><setting name="x-flow" value="trigger" /></settings>',
    connectionmode: 1,
    messageformat: 2,
    userclaim: 1,
  });
  for (const message of messages) {
    const [{ sdkmessageid } = { sdkmessageid: '' }] = await admin.many(
      'sdkmessages',
      { select: ['sdkmessageid'], filter: `name eq '${message}'` },
      messageRow,
    );
    const [{ sdkmessagefilterid } = { sdkmessagefilterid: '' }] = await admin.many(
      'sdkmessagefilters',
      {
        select: ['sdkmessagefilterid'],
        filter: `primaryobjecttypecode eq '${table}' and _sdkmessageid_value eq ${sdkmessageid}`,
      },
      filterRow,
    );
    await world.write('sdkmessageprocessingsteps', randomUUID(), {
      name: `trigger: ${message} of ${table}`,
      'sdkmessageid@odata.bind': `/sdkmessages(${sdkmessageid})`,
      'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${sdkmessagefilterid})`,
      'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
      stage: 40,
      mode: 1,
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: true,
      ...(message === 'Update' && columns !== undefined ? { filteringattributes: columns } : {}),
    });
  }
}
