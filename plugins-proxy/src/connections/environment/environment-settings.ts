import type { Language } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { type Currencies, readCurrencies } from './read-currencies';
import { readConnectionOrganization } from './read-connection';
import { readEnvironmentVariables } from './read-environment-variables';
import { readLanguage, readQueueId, readStanding, readUserOf, type Standing } from './read-people';
import { type Settings, toSettings } from './to-settings';
import { memoize, memoizeEach } from '../../clients/dataverse/memoize';

/** What changes seldom and is the same for every record: read once in a while, not for each plan. */
export interface EnvironmentSettings {
  whoAmI(): Promise<{ readonly organizationId: string; readonly userId: string }>;
  /** Organization that a connection writes to Jira for; null before the first start (R-2302). */
  connectionOrganizationId(connectionId: string): Promise<string | null>;
  settings(): Promise<Settings>;
  /** Settings as last read, however old; null before they were. For what cannot wait for an answer. */
  lastSettings(): Settings | null;
  currencies(): Promise<Currencies>;
  senderQueueId(): Promise<string | null>;
  /** User whose address is the administrator's mailbox, by the settings as last read; null = there is none. */
  administratorId(): Promise<string | null>;
  languageOf(userId: string): Promise<Language>;
  /** Roles and teams of a user, as old as the settings that they are held against. */
  standingOf(userId: string): Promise<Standing>;
}

/** How long settings may be old, in milliseconds: an administrator's change takes effect within a minute. */
const settingsKeepMs = 60_000;
/** A confirmed move takes effect within this, in milliseconds. */
const organizationKeepMs = 15_000;
/** Currencies, rates, queue and languages change less often still. */
const othersKeepMs = 10 * 60_000;

/** @param recordUrl address of the Opportunity form up to its id */
export function createEnvironmentSettings(
  client: DataverseClient,
  connectionId: string,
  recordUrl: string,
): EnvironmentSettings {
  const whoAmI = memoize(() => client.whoAmI(), othersKeepMs);
  let last: Settings | null = null;
  const settings = memoize(async () => {
    last = toSettings(await readEnvironmentVariables(client), connectionId, recordUrl);
    return last;
  }, settingsKeepMs);
  return {
    whoAmI,
    connectionOrganizationId: memoizeEach((id) => readConnectionOrganization(client, id), organizationKeepMs),
    settings,
    lastSettings: () => last,
    currencies: memoize(async () => readCurrencies(client, (await whoAmI()).organizationId), othersKeepMs),
    senderQueueId: memoize(async () => {
      const { senderQueue } = await settings();
      return senderQueue === null ? null : readQueueId(client, senderQueue);
    }, settingsKeepMs),
    administratorId: memoize(async () => {
      const { administratorMailbox } = (last ?? (await settings())).policy;
      return administratorMailbox === null ? null : readUserOf(client, administratorMailbox);
    }, othersKeepMs),
    languageOf: memoizeEach((userId) => readLanguage(client, userId), othersKeepMs),
    standingOf: memoizeEach((userId) => readStanding(client, userId), settingsKeepMs),
  };
}
