import type { CrmFacts } from '@crmjira/domain';
import { IntegrationError } from '../platform/errors/integration-error';

/**
 * An id that is neither an opportunity nor the remains of one is a slip of the hand, not something in agreement.
 * @throws IntegrationError `no-such-opportunity`
 */
export function requireKnown(crm: CrmFacts | null): void {
  if (crm === null || crm.opportunity !== null || crm.mapping !== null) return;
  throw new IntegrationError('Dynamics has no such opportunity, or the application user may not read it.', {
    code: 'no-such-opportunity',
    errorClass: 'permanent',
  });
}
