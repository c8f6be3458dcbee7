import { integrationTemplates } from '@crmjira/domain';
import type {
  KnownPair,
  MappedRow,
  RowStore,
} from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows/row-store';
import { syncRows } from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows/sync-rows';
import { openSoap } from '../../../../../plugins-proxy/src/clients/soap/open-soap';
import { soapSettings } from '../../../../../plugins-proxy/src/clients/soap/soap-settings';
import { createServices, type Services } from '../../../../../sandbox/src/services';
import { serviceParts } from '../../../clients/web-service/service-world';

const account = { user: 'dynamics', password: 'work-orders-password-of-the-tests' };
let services: Services;
let url: string;
const parts = serviceParts(() => [new URL(url).host]);
const { workOrders: template } = integrationTemplates;

beforeAll(async () => {
  services = createServices({ stateFile: ':memory:', publicUrl: '', token: 'unused', account });
  const { port } = new URL(await services.app.listen({ port: 0, host: '127.0.0.1' }));
  url = `http://localhost:${port}/work-orders`;
});
afterAll(async () => {
  await Promise.all([services.close(), parts.evaluator.close()]);
});

/** Cases, and what is known of their work orders, in memory. */
function cases(rows: Map<string, MappedRow>) {
  const pairs = new Map<string, KnownPair>();
  const store: RowStore = {
    rows: async () => [...rows.values()],
    pairs: async () => [...pairs.values()],
    create: () => Promise.reject(new Error('a case is never made of a work order')),
    announce: async (rowId) => void pairs.set(rowId, { rowId, externalId: null, base: {} }),
    settle: async (row, externalId, changes, base) => {
      rows.set(row.id, { ...row, values: { ...row.values, ...changes } });
      pairs.set(row.id, { rowId: row.id, externalId, base });
    },
  };
  return store;
}

it('sends cases as work orders and takes what was agreed, by the template of a SOAP service (R-1608, R-2023)', async () => {
  const rows = new Map<string, MappedRow>([
    ['c1', { id: 'c1', version: '1', values: { ticketnumber: 'CAS-1', title: 'Pump <leaks>', followupby: null } }],
  ]);
  const store = cases(rows);
  const settings = soapSettings.parse({ ...template.settings, url });
  const run = async () => {
    const soap = await openSoap(settings, { username: account.user, password: account.password }, parts);
    const { counts } = await syncRows(soap, store, {
      mappings: template.mappings,
      idPath: settings.id,
      policy: 'ask',
      since: null,
      isDryRun: false,
      signal: new AbortController().signal,
      progress: async () => undefined,
    });
    await soap.close();
    return counts;
  };
  await run();
  await run();
  const order = () => services.kept.orders.all().find(({ caseNumber }) => caseNumber === 'CAS-1')!;
  expect(order()).toMatchObject({ number: 'W-1002', subject: 'Pump <leaks>' });

  services.kept.orders.put({ ...order(), appointment: '2025-05-20T09:30:00Z' });
  rows.set('c1', { ...rows.get('c1')!, values: { ...rows.get('c1')!.values, title: 'Pump replaced' } });
  await run();
  expect(order()).toMatchObject({ subject: 'Pump replaced', appointment: '2025-05-20T09:30:00Z' });
  expect(rows.get('c1')?.values).toMatchObject({ title: 'Pump replaced', followupby: '2025-05-20T09:30:00Z' });
  expect(await run()).toMatchObject({ changed: 0, failed: 0 });
  expect(services.kept.orders.all()).toHaveLength(2);
});
