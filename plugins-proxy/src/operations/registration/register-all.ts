import { capabilityNames } from '@crmjira/domain';
import { triggersOf } from '../../capabilities/register';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import { stepId } from '../../reconciler/triggers';
import type { Config } from '../../platform/config/read-config';
import type { Connections } from '../../capabilities/connect';
import { createDataverseClient, type DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { JiraConnection } from '../../connections/jira/jira-connection';
import { createTokenSource } from '../../clients/dataverse/token-source';
import { IntegrationError } from '../../platform/errors/integration-error';
import { registerJiraWebhook } from './register-jira-webhook';
import { registerSteps, type RegisterStepsOptions } from './register-steps';

/** What was registered, for a person or the log. */
export interface Registered {
  readonly steps: readonly string[];
  /** Of each connection, in their order. */
  readonly webhooks: readonly ('created' | 'updated' | 'by hand')[];
}

/** Dataverse as the application user sees it who may register steps; the service's own unless another is configured. */
export function registrationClient(config: Config, connections: Pick<Connections, 'dataverse'>): DataverseClient {
  const { registration } = config.dataverse;
  if (registration === null) return connections.dataverse;
  const timeoutMs = config.requestTimeoutMs;
  const tokens = createTokenSource({ ...config.dataverse, ...registration }, timeoutMs);
  return createDataverseClient({ url: config.dataverse.url, tokens, timeoutMs });
}

/** The steps of the capabilities that are on, and of those that are off. */
export async function wantedSteps(
  environmentSettings: Pick<EnvironmentSettings, 'settings'>,
): Promise<Pick<RegisterStepsOptions, 'steps' | 'unwanted'>> {
  const { steps } = triggersOf((await environmentSettings.settings()).capabilities);
  const wanted = new Set(steps.map(stepId));
  const { steps: known } = triggersOf(new Set(capabilityNames));
  return { steps, unwanted: known.filter((step) => !wanted.has(stepId(step))) };
}

/**
 * Registers the steps in Dataverse and the webhook in each Jira. All are safe to repeat. Where the service's own application user may
 * not customize, a second one given by REGISTRATION_CLIENT_ID does it.
 * @throws IntegrationError where nothing can come in
 */
export async function registerAll(
  config: Config,
  connections: Connections,
  sites: readonly JiraConnection[] = connections.jira.all(),
): Promise<Registered> {
  // A synchronous step that reaches nobody would stop every stage move.
  if (config.inbound === 'none')
    throw new IntegrationError('INBOUND is "none": nothing reaches this service, so there is nothing to register.', {
      code: 'nothing-to-register',
      errorClass: 'configuration',
    });
  const dataverse = registrationClient(config, connections);
  const steps = await registerSteps({
    dataverse,
    publicUrl: config.publicUrl,
    stepKey: config.dataverse.stepKeys[0],
    ...(await wantedSteps(connections.environmentSettings)),
  });
  const [{ organizationId }, { capabilities }] = await Promise.all([
    connections.environmentSettings.whoAmI(),
    connections.environmentSettings.settings(),
  ]);
  const webhooks = await Promise.all(
    sites.map(({ id, site, webhook: { secrets, verification } }) => {
      const [secret = ''] = secrets();
      return registerJiraWebhook({
        site,
        publicUrl: config.publicUrl,
        organizationId,
        connectionId: id,
        secret,
        verification,
        capabilities,
      });
    }),
  );
  return { steps, webhooks };
}
