import type { ProviderCode } from '@crmjira/domain';
import type { EgressGuard } from '../egress-guard';
import { createDirectoryProvider } from './directory';
import { createJiraIntegration } from './jira';
import type { IntegrationProvider } from './integration-provider';
import { createNotificationProvider } from './notification';
import { createRestProvider } from './rest';
import { createSoapProvider } from './soap';

/** What providers are made with. */
export interface ProviderParts {
  readonly egress: Pick<EgressGuard, 'of'>;
}

/** A provider whose settings and secrets its own schemas have read before: nobody else makes them. */
export const anyProvider = <Settings, Secrets>(provider: IntegrationProvider<Settings, Secrets>): IntegrationProvider =>
  // What its schemas give is what its methods take.
  provider as unknown as IntegrationProvider;

/** Every product that administrators connect by pages, one line each. */
export const integrationProviders = ({ egress }: ProviderParts): readonly IntegrationProvider[] => [
  anyProvider(createJiraIntegration({ egress })),
  anyProvider(createRestProvider({ egress })),
  anyProvider(createSoapProvider({ egress })),
  anyProvider(createNotificationProvider({ egress })),
  anyProvider(createDirectoryProvider({ guardOf: (url, setting) => egress.of(url, setting) })),
];

/** The provider of a code; undefined: this service does not have it. */
export const providerOf = (
  providers: readonly IntegrationProvider[],
  code: ProviderCode,
): IntegrationProvider | undefined => providers.find((one) => one.code === code);
