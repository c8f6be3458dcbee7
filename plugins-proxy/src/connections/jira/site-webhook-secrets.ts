import type { Logger } from 'pino';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { classifyError } from '../../platform/errors/classify-error';
import {
  acceptedSecrets,
  type OwnWebhookSecrets,
  parseOwnSecrets,
  readWebhookSecretNames,
  type WebhookSecretName,
} from './own-webhook-secrets';
import { webhookSecretOf } from './webhook-secret';

export interface SiteWebhookSecretsOptions {
  readonly dataverse: Pick<DataverseReader, 'many'>;
  readonly secretOf: (connectionId: string, name: string) => Promise<string>;
  /** Secrets of the first connection's webhook, from which those of the others are derived. */
  readonly webhookSecrets: () => readonly string[];
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

/** What the senders of further Jira sites sign with. */
export interface SiteWebhookSecrets {
  /** Reads what webhooks have of their own (R-1612). @throws IntegrationError */
  read(connectionIds: readonly string[]): Promise<void>;
  /** Accepted ones, that which is to be registered first. */
  accepted(connectionId: string): readonly string[];
  /** The newest of a webhook's own; null: derived ones are in use. */
  own(connectionId: string): string | null;
  /** Those that follow from the first connection's. */
  derived(connectionId: string): readonly string[];
}

interface Site {
  /** By the name under which they are stored. */
  readonly own: ReadonlyMap<string, OwnWebhookSecrets>;
  readonly isDerivedUsed: boolean;
}

const nothingOwn: Site = { own: new Map(), isDerivedUsed: true };

/** A webhook without a secret of its own has the derived one; where each has its own, that of nobody is not accepted. */
const isDerivedUsed = (webhooks: readonly WebhookSecretName[]): boolean =>
  webhooks.every(({ name }) => name === null) || webhooks.some(({ name, isActive }) => name === null && isActive);

export function siteWebhookSecrets(options: SiteWebhookSecretsOptions): SiteWebhookSecrets {
  const { dataverse, secretOf, logger, now } = options;
  let sites: ReadonlyMap<string, Site> = new Map();

  /** What cannot be read just now stays as it was read last. */
  async function readOwn(id: string, name: string): Promise<OwnWebhookSecrets | null> {
    try {
      return parseOwnSecrets(await secretOf(id, name));
    } catch (thrown) {
      logger.warn({ connection: id, reason: classifyError(thrown).message }, 'webhook secret not read');
      return sites.get(id)?.own.get(name) ?? null;
    }
  }

  async function readSite(id: string, webhooks: readonly WebhookSecretName[]): Promise<Site> {
    const names = webhooks.flatMap(({ name, isActive }) => (isActive && name !== null ? [name] : []));
    const found = await Promise.all(names.map(async (name) => [name, await readOwn(id, name)] as const));
    const own = new Map(found.flatMap(([name, secrets]) => (secrets === null ? [] : [[name, secrets] as const])));
    return { own, isDerivedUsed: isDerivedUsed(webhooks) };
  }

  const of = (id: string): Site => sites.get(id) ?? nothingOwn;
  const derived = (id: string) => options.webhookSecrets().map((secret) => webhookSecretOf(secret, id));
  return {
    read: async (ids) => {
      const all = ids.length === 0 ? [] : await readWebhookSecretNames(dataverse);
      const read = ids.map(async (id) => {
        const webhooks = all.filter(({ integrationId }) => integrationId === id);
        return [id, await readSite(id, webhooks)] as const;
      });
      sites = new Map(await Promise.all(read));
    },
    accepted: (id) => {
      const { own, isDerivedUsed: withDerived } = of(id);
      return [...[...own.values()].flatMap((one) => acceptedSecrets(one, now())), ...(withDerived ? derived(id) : [])];
    },
    own: (id) => [...of(id).own.values()][0]?.secret ?? null,
    derived,
  };
}
