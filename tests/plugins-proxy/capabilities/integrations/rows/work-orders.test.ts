import { integrationTemplates } from '@crmjira/domain';
import type {
  KnownPair,
  MappedRow,
  RowStore,
} from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows/row-store';
import { syncRows } from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows/sync-rows';
import { openSoap } from '../../../../../plugins-proxy/src/clients/soap/open-soap';
import { soapSettings } from '../../../../../plugins-proxy/src/clients/soap/soap-settings';
import { serviceParts, startService } from '../../../clients/web-service/service-world';

interface WorkOrder {
  number: string;
  caseNumber: string;
  subject: string;
  progress: string;
}

const orders: WorkOrder[] = [];
let service: Awaited<ReturnType<typeof startService>>;
const parts = serviceParts(() => [`localhost:${service.port}`]);
const { workOrders: template } = integrationTemplates;

const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o="urn:example:work-orders"><s:Body>${body}</s:Body></s:Envelope>`;
const elementOf = (text: string, name: string): string => new RegExp(`<w:${name}>([^<]*)<`).exec(text)?.[1] ?? '';

beforeAll(async () => {
  service = await startService(({ headers, body }, response) => {
    const action = String(headers['soapaction']);
    if (action.includes('Create'))
      orders.push({
        number: `W-${orders.length + 1}`,
        caseNumber: elementOf(body, 'Case'),
        subject: elementOf(body, 'Subject'),
        progress: 'Received',
      });
    if (action.includes('Update')) {
      const order = orders.find(({ number }) => body.includes(`number="${number}"`));
      if (order !== undefined) order.subject = elementOf(body, 'Subject');
    }
    const list = orders.map(
      ({ number, caseNumber, subject, progress }) =>
        `<o:WorkOrder><o:Number>${number}</o:Number><o:Case>${caseNumber}</o:Case><o:Subject>${subject}</o:Subject><o:Progress>${progress}</o:Progress></o:WorkOrder>`,
    );
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(envelope(`<o:List>${list.join('')}</o:List>`));
  });
});
afterAll(async () => {
  await Promise.all([service.close(), parts.evaluator.close()]);
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

it('sends cases as work orders and takes how far they are, by the template of a SOAP service (R-1608, R-2023)', async () => {
  const rows = new Map<string, MappedRow>([
    ['c1', { id: 'c1', version: '1', values: { ticketnumber: 'CAS-1', title: 'Pump <leaks>', description: null } }],
  ]);
  const store = cases(rows);
  const settings = soapSettings.parse({ ...template.settings, url: service.url, signIn: 'none' });
  const run = async () => {
    const soap = await openSoap(settings, {}, parts);
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
  expect(orders).toMatchObject([{ number: 'W-1', caseNumber: 'CAS-1', subject: 'Pump &lt;leaks&gt;' }]);
  expect(rows.get('c1')?.values).toMatchObject({ title: 'Pump <leaks>', description: 'Received' });

  orders[0]!.progress = 'On site';
  rows.set('c1', { ...rows.get('c1')!, values: { ...rows.get('c1')!.values, title: 'Pump replaced' } });
  await run();
  expect(orders).toMatchObject([{ subject: 'Pump replaced', progress: 'On site' }]);
  expect(rows.get('c1')?.values).toMatchObject({ title: 'Pump replaced', description: 'On site' });
  expect(await run()).toMatchObject({ changed: 0, failed: 0 });
});
