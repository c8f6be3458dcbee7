import type { NotificationFault } from '@crmjira/domain';
import { type ErrorClass, IntegrationError } from '../../platform/errors/integration-error';
import type { ExpressionFault } from './expressions/expression-task';

/** What can be wrong with a web service beside the way to it; words: `domain/src/integrations/faults`. */
export type ServiceFault =
  | 'credentials'
  | 'forbidden'
  | 'not-found'
  | 'rate-limit'
  | 'unavailable'
  | 'refused'
  | 'redirect'
  | 'web-page'
  | ExpressionFault
  | NotificationFault
  | 'service-client-certificate'
  | 'service-certificate-unreadable'
  | 'service-method'
  | 'service-token-refused'
  | 'service-token-unreadable'
  | 'service-incomplete'
  | 'service-secret-unknown'
  | 'service-other-origin'
  | 'service-page-again'
  | 'service-too-many-pages'
  | 'service-no-identifier'
  | 'service-value-unfit'
  | 'service-table-unknown'
  | 'service-column-gone'
  | 'soap-fault'
  | 'soap-version'
  | 'soap-not-understood'
  | 'soap-no-envelope'
  | 'soap-envelope-broken'
  | 'soap-wsdl-unreadable'
  | 'soap-wsdl-action';

const transientFaults: ReadonlySet<ServiceFault> = new Set([
  'rate-limit',
  'unavailable',
  'not-json',
  'soap-xml-broken',
]);

const classOf = (fault: ServiceFault): ErrorClass => (transientFaults.has(fault) ? 'transient' : 'configuration');

/** A web service that did not do what was asked, or could not be asked. */
export class ServiceError extends IntegrationError {
  constructor(
    readonly fault: ServiceFault,
    /** What its sentences name: facts, never a secret. */
    readonly args: Readonly<Record<string, string>> = {},
    { status, retryAfterMs }: { readonly status?: number; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(`The service is at fault: ${fault}.`, {
      code: 'unexpected-answer',
      errorClass: classOf(fault),
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    this.name = 'ServiceError';
  }
}
