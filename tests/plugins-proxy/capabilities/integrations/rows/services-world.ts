import { type Direction, type EnteredMapping, integrationTemplates, tables } from '@crmjira/domain';
import { z } from 'zod';
import { rowsRunner } from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows';
import type { DataverseClient } from '../../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { openRest } from '../../../../../plugins-proxy/src/clients/rest/open-rest';
import { restSettings } from '../../../../../plugins-proxy/src/clients/rest/rest-settings';
import { openSoap } from '../../../../../plugins-proxy/src/clients/soap/open-soap';
import { soapSettings } from '../../../../../plugins-proxy/src/clients/soap/soap-settings';
import type { WebService } from '../../../../../plugins-proxy/src/clients/web-service/web-service';
import { createServices, type Item, type WorkOrder } from '../../../../../sandbox/src/services';
import { serviceParts } from '../../../clients/web-service/service-world';
import { startStandIns } from '../../../stand-ins';

const token = 'inventory-token-of-the-tests';
const account = { user: 'dynamics', password: 'work-orders-password-of-the-tests' };
const ids = {
  inventory: '9d1e8f60-0000-4000-8000-00000000c001',
  workOrders: '9d1e8f60-0000-4000-8000-00000000c002',
} as const;

/** How one run differs from another. */
export interface RunOver {
  /** Direction of the key: which side may have more. */
  readonly direction?: Direction;
  readonly mode?: 'changes' | 'everything' | 'dry-run';
  readonly since?: Date | null;
  readonly batchSize?: number;
  readonly mappings?: readonly EnteredMapping[];
  readonly dataverse?: Partial<DataverseClient>;
}

/** Dataverse and the two services of the sandbox, with runs of both templates between them. */
export async function startServicesWorld() {
  let now = new Date('2025-05-16T17:00:00Z');
  const clock = (): Date => now;
  const standIns = await startStandIns(clock);
  const services = createServices({ stateFile: ':memory:', publicUrl: '', token, account, clock });
  /** Writes after which the connection is cut before they are answered. */
  const cuts: boolean[] = [];
  const seen: { readonly method: string; readonly url: string }[] = [];
  services.app.addHook('onSend', async (request, _reply, payload) => {
    seen.push({ method: request.method, url: request.url });
    const isWrite = request.method !== 'GET' && !String(request.headers['soapaction']).includes('List');
    if (isWrite && cuts.shift() === true) request.raw.socket.destroy();
    return payload;
  });
  const { port } = new URL(await services.app.listen({ port: 0, host: '127.0.0.1' }));
  const url = `http://localhost:${port}`;
  const parts = serviceParts(() => [`localhost:${port}`]);
  for (const { code } of services.kept.items.all()) services.kept.items.remove(code);
  for (const { number } of services.kept.orders.all()) services.kept.orders.remove(number);

  const run = (
    template: keyof typeof ids,
    openService: (settings: never) => Promise<WebService>,
    settings: unknown,
    { direction, mode = 'everything', since = null, batchSize = 100, mappings, dataverse }: RunOver,
  ) =>
    rowsRunner({ code: 'rest', openService: (given) => openService(given as never) }).run({
      integration: {
        id: ids[template],
        settings,
        secrets: {},
        mappings: (mappings ?? integrationTemplates[template].mappings).map((one) =>
          one.isKey && direction !== undefined ? { ...one, direction } : one,
        ),
        batchSize,
      },
      mode,
      since,
      now: clock,
      dataverse: { ...standIns.admin, ...dataverse },
      signal: new AbortController().signal,
      progress: async () => undefined,
    });

  const { items, orders } = services.kept;
  const write = (collection: string, id: string, columns: Record<string, unknown>, op: 'create' | 'update') =>
    standIns.admin.changeSet([{ op, collection, id, columns }]);
  const conflictRow = z.looseObject({ crmjira_sync_conflictid: z.string() });
  const conflictSet = tables.crmjira_sync_conflict.entitySet;
  return {
    standIns,
    services,
    cuts,
    seen,
    items,
    orders,
    now: clock,
    /** Time goes by. */
    later: (minutes: number): Date => (now = new Date(now.getTime() + minutes * 60_000)),
    runInventory: (over: RunOver = {}) => {
      const { settings } = integrationTemplates.inventory;
      const read = restSettings.parse({ ...settings, url: `${url}/inventory` });
      return run('inventory', () => openRest(read, { token }, parts), read, over);
    },
    runWorkOrders: (over: RunOver = {}) => {
      const { settings } = integrationTemplates.workOrders;
      const read = soapSettings.parse({ ...settings, url: `${url}/work-orders` });
      const secrets = { username: account.user, password: account.password };
      return run('workOrders', () => openSoap(read, secrets, parts), read, over);
    },
    putItem: (code: string, over: Partial<Pick<Item, 'label' | 'price'>> = {}) => {
      const { changedOn: _, ...known } = items.get(code) ?? {
        changedOn: '',
        code,
        label: `Item ${code}`,
        price: { amount: '418.50' },
        onHand: 1,
      };
      items.put({ ...known, ...over });
    },
    putOrder: (order: WorkOrder, over: Partial<WorkOrder>) => {
      const { changedOn: _, ...known } = order;
      orders.put({ ...known, ...over });
    },
    makeRow: (table: 'product' | 'incident', columns: Record<string, unknown>, id: string = crypto.randomUUID()) =>
      write(tables[table].entitySet, id, columns, 'create').then(() => id),
    changeRow: (table: 'product' | 'incident', id: string, columns: Record<string, unknown>) =>
      write(tables[table].entitySet, id, columns, 'update'),
    /** Rows of a table, by a column of theirs. */
    rows: async (table: 'product' | 'incident', column: string, columns: readonly string[]) => {
      const select = [tables[table].primaryId, column, ...columns];
      const found = await standIns.admin.many(tables[table].entitySet, { select }, z.looseObject({}));
      return new Map(found.map((row) => [String(row[column]), row as Record<string, unknown>]));
    },
    conflicts: () =>
      standIns.admin.many(
        conflictSet,
        {
          select: [
            'crmjira_sync_conflictid',
            'crmjira_field',
            'crmjira_crm_value',
            'crmjira_jira_value',
            'crmjira_state',
          ],
        },
        conflictRow,
      ),
    decide: (id: string, state: number) =>
      write(conflictSet, id, { crmjira_state: state, crmjira_decided_on: clock().toISOString() }, 'update'),
    close: async () => {
      await Promise.all([services.close(), standIns.close(), parts.evaluator.close()]);
    },
  };
}

export type ServicesWorld = Awaited<ReturnType<typeof startServicesWorld>>;
