import type { JiraSite } from '../../clients/jira/jira-site';
import type { FieldIds } from '../../clients/jira/resolve-fields';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import type { Verification } from '../../platform/config/webhook-verification';
import type { HttpClient } from '../../platform/http-client/http-client';
import type { Transport } from '../../platform/http-client/site-dispatcher';
import type { Renewable } from '../../platform/secrets/renewable';
import type { SiteConfig } from './connection-settings';
import type { Provider } from '../providers/provider';
import type { JiraFound } from '../providers/jira-provider';

/** A Jira site as it is connected: its row, its client, and what stands before its writes. */
export interface JiraConnection {
  /** Of the row of `crmjira_integration`, in lower case. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly site: JiraSite & Required<Pick<JiraSite, 'identity'>>;
  /** It, as it can be tested. */
  readonly provider: Provider<JiraFound>;
  /** What its row says of the site; null: the environment's settings are about it, as it is the first. */
  readonly config: SiteConfig | null;
  /** @param configured what `crmjira_FieldIds` names; found by name where it names none */
  readonly fields: (configured: Readonly<Record<string, string>>) => Promise<FieldIds>;
  /** Stands before every write to this site (R-2302). @throws EnvironmentMoved */
  readonly guardWrite: () => Promise<void>;
  /** What names its address, for a sentence about it. */
  readonly urlSetting: string;
  /** How the service signs in there and what leads there: for requests that are passed on to it as they are. */
  readonly credentials: Renewable<JiraCredentials>;
  readonly transport: () => Transport;
  /** The site for a person: with credentials of their own, and the connections, rate budget and guards of the site. */
  readonly as: (credentials: Renewable<JiraCredentials>) => HttpClient;
  /** The same by api.atlassian.com, for whoever has signed in with Atlassian: the site under the id that it has there. */
  readonly through: (cloudId: string, credentials: Renewable<JiraCredentials>) => HttpClient;
  /** How the sender of its events shows that it is the one. */
  readonly webhook: {
    /** Accepted ones, that which is to be registered first. */
    readonly secrets: () => readonly string[];
    /** The newest that its webhook has of its own; null or left out: it goes by the service's. */
    readonly own?: () => string | null;
    /** Has secrets read again, now and then, for a sender that is not known; left out: there is nothing to read. */
    readonly lookAgain?: () => Promise<void>;
    readonly verification: Verification;
  };
  close(): Promise<void>;
}
