import type { Evaluator } from '../web-service/expressions/evaluate';
import type { ServiceConnection } from '../web-service/service-connection';
import { ServiceError } from '../web-service/service-error';

/** An operation that a description offers. */
export interface WsdlOperation {
  readonly name: string;
  readonly action: string;
}

const local = (name: string): string => `*[local-name()="${name}"]`;

/**
 * Operations of a service by its description (WSDL 1.1). What that imports, and the address that it gives, are not called: the service is
 * the one that an administrator has entered.
 * @throws ServiceError where nothing can be read there
 */
export async function readWsdl(
  path: string,
  connection: ServiceConnection,
  evaluator: Pick<Evaluator, 'evaluate'>,
): Promise<readonly WsdlOperation[]> {
  const { host } = new URL(connection.origin);
  const unreadable = (why: string): ServiceError => new ServiceError('soap-wsdl-unreadable', { host, why });
  const { status, text } = await connection.send({
    method: 'GET',
    path,
    headers: { accept: 'text/xml, application/wsdl+xml' },
  });
  if (status >= 300) throw unreadable(String(status));
  const { rows } = await evaluator
    .evaluate({
      kind: 'xml',
      text,
      namespaces: {},
      single: [],
      records: `/${local('definitions')}/${local('binding')}/${local('operation')}`,
      fields: ['@name', `${local('operation')}/@soapAction`],
    })
    .catch((error: unknown) => {
      throw error instanceof ServiceError && error.fault !== 'soap-doctype' ? unreadable('XML') : error;
    });
  const operations = rows.map(([name, action]) => ({
    name: typeof name === 'string' ? name : '',
    action: typeof action === 'string' ? action : '',
  }));
  if (operations.length === 0) throw unreadable('operation');
  return operations;
}
