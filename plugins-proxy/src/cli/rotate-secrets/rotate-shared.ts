import type { Config } from '../../platform/config/read-config';
import type { Connections } from '../../capabilities/connect';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { registrationClient, wantedSteps } from '../../operations/registration/register-all';
import { registerJiraWebhook } from '../../operations/registration/register-jira-webhook';
import { webhookSecretOf } from '../../connections/jira/webhook-secret';
import { registerSteps } from '../../operations/registration/register-steps';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import type { Vault } from '../../platform/secrets/key-vault';
import { newSecret, storeSecret } from '../../platform/secrets/store-secret';
import { type SharedSecret, takesSecret } from './test-call';

/** What an exchange works with. */
export interface ExchangeContext {
  readonly config: Config;
  readonly connections: Pick<Connections, 'dataverse' | 'jira' | 'environmentSettings'>;
  readonly vault: Vault;
  readonly now: () => Date;
  /** The running service looks for other secrets once a minute: it is waited for this long, in milliseconds. */
  readonly settleMs: number;
  /** How long the former secret stays good once the sender has the new one: deliveries are on their way. */
  readonly graceMs: number;
  readonly keepPrevious: boolean;
  /** Days that a secret may be used (R-1218). */
  readonly limitDays: number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly tell: (step: string) => void;
}

/** The secret and the place of the one before it. */
export interface SharedPlaces {
  readonly name: SharedSecret;
  readonly current: SecretFacts;
  readonly previous: SecretFacts;
}

/** How often the service is asked, where it is slower than it should be; in milliseconds. */
const askEveryMs = 1_000;
const asksAtMost = 5;

const valuesOf = (config: Config, name: SharedSecret): readonly [string, ...string[]] =>
  name === 'JIRA_WEBHOOK_SECRET' ? config.jira.webhookSecrets : config.dataverse.stepKeys;

/** Writes the secret where the sender keeps it; safe to repeat. */
async function register({ config, connections }: ExchangeContext, name: SharedSecret, secret: string): Promise<void> {
  const { publicUrl, connectionId } = config;
  if (name === 'DATAVERSE_STEP_KEY')
    await registerSteps({
      dataverse: registrationClient(config, connections),
      publicUrl,
      stepKey: secret,
      ...(await wantedSteps(connections.environmentSettings)),
    });
  else {
    const { organizationId } = await connections.environmentSettings.whoAmI();
    const { capabilities } = await connections.environmentSettings.settings();
    await connections.jira.refresh();
    for (const { id, site, webhook } of connections.jira.all())
      await registerJiraWebhook({
        site,
        publicUrl,
        organizationId,
        connectionId: id,
        secret: id === connectionId ? secret : (webhook.own?.() ?? webhookSecretOf(secret, id)),
        verification: webhook.verification,
        capabilities,
      });
  }
}

/** Waits until every replica has looked for itself, then until the service takes a secret, or takes it no more. */
async function settled(context: ExchangeContext, name: SharedSecret, secret: string, wanted: boolean): Promise<void> {
  // A call before that would count as a refused one and call somebody.
  await context.sleep(context.settleMs);
  for (let asked = 1; (await takesSecret(context.config, name, secret)) !== wanted; asked += 1) {
    if (asked === asksAtMost)
      throw new IntegrationError(
        wanted
          ? `The service at ${context.config.publicUrl} does not take the new secret. Does it read the same file or vault?`
          : `The service at ${context.config.publicUrl} still takes the former secret.`,
        { code: 'secret-not-exchanged', errorClass: 'configuration' },
      );
    await context.sleep(askEveryMs);
  }
}

/**
 * Exchanges a secret that the service shares with a sender, with no moment at which a delivery is refused: the service takes both
 * before the sender gets the new one, and the former ends only after that. Cut off anywhere, it is run again.
 * @throws IntegrationError; what was taken back is said
 */
export async function rotateShared(context: ExchangeContext, places: SharedPlaces): Promise<string> {
  const { name, current, previous } = places;
  const { vault, now, tell, limitDays } = context;
  const [former, older] = valuesOf(context.config, name);
  const fresh = newSecret();

  // A run that was cut off may have left the sender with another one: after this it has what the service calls current.
  tell('the sender gets the current secret once more');
  await register(context, name, former);
  tell('the new secret is stored, the current one beside it');
  await storeSecret(previous, former, vault, now(), limitDays);
  await storeSecret(current, fresh, vault, now(), limitDays);
  try {
    tell('waiting until the service takes the new secret');
    await settled(context, name, fresh, true);
  } catch (error) {
    await storeSecret(current, former, vault, now(), limitDays);
    await storeSecret(previous, older ?? null, vault, now(), limitDays);
    const { message } = classifyError(error);
    throw new IntegrationError(`${message} The former secret is back in its place.`, {
      code: 'secret-not-exchanged',
      errorClass: 'configuration',
      cause: error,
    });
  }
  tell('the sender gets the new secret');
  await register(context, name, fresh);
  if (!(await takesSecret(context.config, name, fresh)))
    throw new IntegrationError('The service has stopped taking the new secret; both are still stored.', {
      code: 'secret-not-exchanged',
      errorClass: 'configuration',
    });
  if (name === 'JIRA_WEBHOOK_SECRET' && context.config.jira.webhookVerification === 'bearer')
    return 'exchanged and tested; give it to the sender of the events by hand, the former one is still taken';
  if (context.keepPrevious) return 'exchanged and tested; the former one is still taken';
  tell('the former secret ends');
  await context.sleep(context.graceMs);
  await storeSecret(previous, null, vault, now(), limitDays);
  await settled(context, name, former, false);
  return 'exchanged and tested; the former one is refused';
}
