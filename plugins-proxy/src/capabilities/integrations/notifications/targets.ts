import { type NotificationEvent } from '@crmjira/domain';
import { notificationSettings, type NotificationSettings } from '../../../clients/notifications/notification-settings';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import type { NotificationProvider } from '../../../connections/providers/notification';
import {
  readActiveIntegrations,
  readSavedIntegration,
  type SavedIntegration,
  settingsHash,
} from '../../../connections/providers/saved-integration';
import { budgetAlerts, budgetDecisions, failedProvisioning } from './budget-facts';
import type { FactSource } from './fact-source';
import { connectionStates, endedRuns } from './integration-facts';

/** Every source of facts, one line each. */
export const factSources: readonly FactSource[] = [
  budgetAlerts,
  budgetDecisions,
  failedProvisioning,
  endedRuns,
  connectionStates,
];

export const sourceOf = (event: NotificationEvent): FactSource | undefined =>
  factSources.find(({ events }) => events.includes(event));

/** A target that is delivered to. */
export interface ActiveTarget {
  readonly saved: SavedIntegration;
  readonly settings: NotificationSettings;
}

/** As far as it is active and exactly what is saved has passed its test (R-1621); null: it gets nothing. Pure. */
function activeTarget(saved: SavedIntegration): ActiveTarget | null {
  const { provider, settings, secretName, testedHash, isActive } = saved;
  if (provider.code !== 'notification' || !isActive) return null;
  if (testedHash !== settingsHash(provider.code, settings, secretName)) return null;
  const read = notificationSettings.safeParse(settings);
  return read.success ? { saved, settings: read.data } : null;
}

type Providers = readonly IntegrationProvider[];

export async function readTargets(
  client: Pick<DataverseReader, 'many'>,
  providers: Providers,
): Promise<readonly ActiveTarget[]> {
  return (await readActiveIntegrations(client, providers)).map(activeTarget).filter((one) => one !== null);
}

export async function readTarget(
  client: DataverseReader,
  providers: Providers,
  id: string,
): Promise<ActiveTarget | null> {
  const saved = await readSavedIntegration(client, providers, id);
  return saved === null || saved === 'other' ? null : activeTarget(saved);
}

/** Whether a provider delivers notifications. */
export const deliversTo = (provider: IntegrationProvider): provider is IntegrationProvider & NotificationProvider =>
  'openTarget' in provider;
