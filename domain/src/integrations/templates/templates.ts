import { Direction } from '../../schema/generated/options';
import type { EnteredIntegration, EnteredMapping } from '../wire';

const of =
  (sourceTable: string, targetObject: string) =>
  (
    direction: Direction,
    sourceField: string,
    targetField: string,
    more: Partial<EnteredMapping> = {},
  ): EnteredMapping => ({
    direction,
    sourceTable,
    sourceField,
    targetObject,
    targetField,
    transform: null,
    isKey: false,
    ...more,
  });

const { Both, Inbound, Outbound } = Direction;
const item = of('product', 'Item');
const order = of('incident', 'WorkOrder');

const envelope = (body: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:w="urn:example:work-orders">
  <soap:Body>
    ${body}
  </soap:Body>
</soap:Envelope>`;

/**
 * Integrations to begin with: what is particular to a company (address, sign-in) is left empty. Products are items of an inventory, whose
 * names and prices both sides may change; cases become work orders of an older service, which agrees on the appointments.
 */
export const integrationTemplates = {
  inventory: {
    provider: 'rest',
    name: 'Inventory',
    settings: {
      url: '',
      method: 'GET',
      path: '/items?changedSince={lastSync}&page={page}',
      signIn: 'bearer',
      paging: 'page',
      records: 'items',
      id: 'code',
      create: { method: 'POST', path: '/items', body: '' },
      update: { method: 'PATCH', path: '/items/{id}', body: '' },
    },
    everyMinutes: 60,
    batchSize: 100,
    mappings: [
      // Dynamics makes no product without a unit, which a mapping cannot give: items become products by a person's hand.
      item(Outbound, 'productnumber', 'code', { isKey: true }),
      item(Both, 'name', 'label', { transform: 'shorten' }),
      item(Both, 'price', 'price.amount', { transform: 'text-to-amount' }),
    ],
  },
  workOrders: {
    provider: 'soap',
    name: 'Work orders',
    settings: {
      url: '',
      version: '1.1',
      action: 'urn:example:work-orders/List',
      envelope: envelope('<w:List><w:ChangedSince>{lastSync}</w:ChangedSince></w:List>'),
      signIn: 'basic',
      records: '//w:WorkOrder',
      id: 'w:Number',
      create: {
        action: 'urn:example:work-orders/Create',
        envelope: envelope(
          '<w:Create><w:Case>{value:w:Case}</w:Case><w:Subject>{value:w:Subject}</w:Subject><w:Priority>{value:w:Priority}</w:Priority></w:Create>',
        ),
      },
      update: {
        action: 'urn:example:work-orders/Update',
        envelope: envelope(
          '<w:Update number="{id}"><w:Subject>{value:w:Subject}</w:Subject><w:Priority>{value:w:Priority}</w:Priority></w:Update>',
        ),
      },
    },
    everyMinutes: 60,
    batchSize: 100,
    mappings: [
      order(Outbound, 'ticketnumber', 'w:Case', { isKey: true }),
      order(Outbound, 'title', 'w:Subject'),
      order(Both, 'prioritycode', 'w:Priority', { transform: 'priority-map' }),
      order(Inbound, 'followupby', 'w:Appointment', { transform: 'iso-date-time' }),
    ],
  },
} as const satisfies Readonly<Record<string, EnteredIntegration>>;

/** Name of a template. */
export type IntegrationTemplate = keyof typeof integrationTemplates;
