import type { NamedFault } from '@crmjira/domain';
import { faultOf } from '../../connections/providers/fault-of';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';

/** The host that settings name; empty where they name none. Pure. */
const hostIn = (settings: unknown): string => {
  if (typeof settings !== 'object' || settings === null) return '';
  if ('host' in settings && typeof settings.host === 'string') return settings.host;
  return 'url' in settings && typeof settings.url === 'string' ? (URL.parse(settings.url)?.host ?? '') : '';
};

/** What was thrown while an integration was at work: as its provider names it, else as it is named of any. Pure. */
export const faultOfIntegration = (
  provider: Pick<IntegrationProvider, 'faultOf'>,
  settings: unknown,
  thrown: unknown,
): NamedFault => {
  const host = hostIn(settings);
  return provider.faultOf?.(thrown, settings) ?? faultOf(thrown, { product: host, host });
};
