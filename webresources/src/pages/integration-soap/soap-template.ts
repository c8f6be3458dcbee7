import { Direction, type EnteredIntegration } from '@crmjira/domain';

const inbound = { direction: Direction.Inbound, sourceTable: 'salesorder', targetObject: 'shipment' } as const;

/** What the form of a new SOAP service begins with. */
export const newSoap: EnteredIntegration = {
  provider: 'soap',
  name: '',
  settings: {
    url: '',
    version: '1.1',
    action: '',
    envelope: '',
    wsdl: '',
    signIn: 'none',
    paging: 'none',
    records: '',
    id: '',
    headers: [],
  },
  everyMinutes: 60,
  batchSize: 100,
  mappings: [],
};

const envelope = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
               xmlns:b="http://brokerlink.example/customs/v2">
  <soap:Header>
    <b:Login user="{secret:broker-user}"
             password="{secret:broker-password}"/>
  </soap:Header>
  <soap:Body>
    <b:GetShipmentStatus>
      <b:ChangedSince>{lastSync}</b:ChangedSince>
    </b:GetShipmentStatus>
  </soap:Body>
</soap:Envelope>`;

/** A worked example: the status of shipments at a customs broker. Its address is to be replaced. */
export const soapTemplate: EnteredIntegration = {
  ...newSoap,
  name: 'Customs broker status',
  settings: {
    ...newSoap.settings,
    url: 'https://ws.brokerlink.example/customs/v2',
    action: 'http://brokerlink.example/customs/v2/GetShipmentStatus',
    envelope,
    records: '//b:Shipment',
  },
  mappings: [
    { ...inbound, sourceField: 'ordernumber', targetField: 'b:Order', transform: null, isKey: true },
    { ...inbound, sourceField: 'description', targetField: 'b:Status', transform: 'shorten', isKey: false },
    { ...inbound, sourceField: 'datefulfilled', targetField: 'b:ReleasedOn', transform: 'iso-date-time', isKey: false },
  ],
};
