import { connectionFault, type NamedFault, sayFault } from '@crmjira/domain';
import { faultOf } from '../../connections/providers/fault-of';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { EndedRun } from '../../reconciler/sync-log';

/** The host that settings name; empty where they name none. Pure. */
const hostIn = (settings: unknown): string => {
  if (typeof settings !== 'object' || settings === null) return '';
  if ('host' in settings && typeof settings.host === 'string') return settings.host;
  return 'url' in settings && typeof settings.url === 'string' ? (URL.parse(settings.url)?.host ?? '') : '';
};

/** The side that runs write to: what it refuses is none of the other side's doing. */
const dynamics = { product: 'Dynamics 365', host: 'Dynamics 365' } as const;

/** What was thrown while an integration was at work: as its provider names it, else as it is named of any. Pure. */
export const faultOfIntegration = (
  provider: Pick<IntegrationProvider, 'faultOf'>,
  settings: unknown,
  thrown: unknown,
): NamedFault => {
  if (thrown instanceof IntegrationError && thrown.code.startsWith('dataverse-')) return faultOf(thrown, dynamics);
  const host = hostIn(settings);
  return provider.faultOf?.(thrown, settings) ?? faultOf(thrown, { product: host, host });
};

/** What the row of a run tells of a fault; null: it went well. The pages word it anew for whoever reads. Pure. */
export const errorOfRun = (fault: NamedFault | null): Pick<EndedRun, 'error' | 'errorArgs' | 'errorClass'> =>
  fault === null
    ? { error: null, errorClass: null }
    : {
        error: { code: fault.name, status: undefined, message: sayFault(fault, 1033).says },
        errorArgs: fault.args,
        errorClass: connectionFault(fault.name).class,
      };
