import { escapeHtml } from '@crmjira/domain';

/** Namespace of the service's messages. */
export const NAMESPACE = 'urn:example:work-orders';

const operations = ['List', 'Create', 'Update'] as const;

export const actionOf = (operation: string): string => `${NAMESPACE}/${operation}`;

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o="${NAMESPACE}"><soap:Body>${body}</soap:Body></soap:Envelope>`;

/** A fault as SOAP 1.1 has it. */
export const fault = (code: 'Client' | 'Server', words: string): string =>
  envelope(
    `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${escapeHtml(words)}</faultstring></soap:Fault>`,
  );

const message = (name: string): string =>
  `<w:message name="${name}"><w:part name="parameters" element="o:${name}"/></w:message>`;

const each = (write: (name: string) => string): string => operations.map(write).join('\n  ');

/** Description of the service (WSDL 1.1): its operations and their actions; what is in the messages its page shows. */
export const wsdl = (address: string): string => `<?xml version="1.0" encoding="utf-8"?>
<w:definitions name="WorkOrders" targetNamespace="${NAMESPACE}" xmlns:o="${NAMESPACE}"
  xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  ${each((name) => message(name) + message(`${name}Response`))}
  <w:portType name="WorkOrders">
  ${each((name) => `<w:operation name="${name}"><w:input message="o:${name}"/><w:output message="o:${name}Response"/></w:operation>`)}
  </w:portType>
  <w:binding name="WorkOrdersSoap" type="o:WorkOrders">
  <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
  ${each((name) => `<w:operation name="${name}"><soap:operation soapAction="${actionOf(name)}"/><w:input><soap:body use="literal"/></w:input><w:output><soap:body use="literal"/></w:output></w:operation>`)}
  </w:binding>
  <w:service name="WorkOrders"><w:port name="WorkOrdersSoap" binding="o:WorkOrdersSoap"><soap:address location="${escapeHtml(address)}"/></w:port></w:service>
</w:definitions>
`;
