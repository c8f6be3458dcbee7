import { type Health, type ProviderCode, providerCodes } from '@crmjira/domain';
import type { HealthFacts } from './health-words';

/** Something that is connected, as an administrator knows it (R-1602). */
export interface Integration extends HealthFacts {
  readonly id: string;
  readonly name: string;
  /** without its scheme */
  readonly host: string;
  /** `crmjira_code` of its provider in lower case; empty where it names none */
  readonly provider: string;
  /** what the provider's row calls it, for one that pages do not know */
  readonly providerName: string;
  readonly health: Health;
  /** what is saved has passed a test (R-1621) */
  readonly isTested: boolean;
  readonly testOk: boolean;
  readonly syncedOn: string | null;
  readonly intervalMinutes: number | null;
}

/** Keys of what a provider is called: in full, in a column, and what it brings. */
export const PROVIDER_WORDS = {
  ad: { name: 'nameAd', short: 'shortAd', about: 'aboutAd', page: 'integration-directory', icon: 'Contact' },
  jira: { name: 'nameJira', short: 'shortJira', about: 'aboutJira', page: 'integration-jira', icon: 'Link' },
  rest: { name: 'nameRest', short: 'shortRest', about: 'aboutRest', page: 'integration-rest', icon: 'Code' },
  soap: { name: 'nameSoap', short: 'shortSoap', about: 'aboutSoap', page: 'integration-soap', icon: 'Server' },
  notification: {
    name: 'nameNotification',
    short: 'shortNotification',
    about: 'aboutNotification',
    page: 'integration-notification',
    icon: 'Send',
  },
} as const satisfies Readonly<Record<ProviderCode, unknown>>;

/** In the order in which they are offered. */
export const OFFERED = ['ad', 'jira', 'rest', 'soap', 'notification'] as const satisfies readonly ProviderCode[];

/** Null: one that no page makes, as Sentry's. */
export const codeOf = (provider: string): ProviderCode | null =>
  providerCodes.find((code) => code === provider) ?? null;

/** Whether somebody can have it run: what no page makes runs by itself, and notifications go out as things happen. */
export const hasRuns = (provider: string): boolean => ![null, 'notification'].includes(codeOf(provider));

/** What stands in the column of the provider. */
export function providerText(
  { provider, providerName }: Pick<Integration, 'provider' | 'providerName'>,
  say: (key: (typeof PROVIDER_WORDS)[ProviderCode]['short']) => string,
): string {
  const code = codeOf(provider);
  return code === null ? providerName : say(PROVIDER_WORDS[code].short);
}
