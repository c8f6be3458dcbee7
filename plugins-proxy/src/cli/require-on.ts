import type { CapabilityName } from '@crmjira/domain';
import { IntegrationError } from '../platform/errors/integration-error';
import type { Session } from './session';

/** @throws IntegrationError where the capability of a command is switched off (ADR-19) */
export async function requireOn(
  { environmentSettings }: Pick<Session, 'environmentSettings'>,
  capability: CapabilityName,
): Promise<void> {
  if ((await environmentSettings.settings()).capabilities.has(capability)) return;
  throw new IntegrationError(
    `The capability "${capability}" is switched off in this environment: crmjira_Capabilities does not name it.`,
    { code: 'capability-off', errorClass: 'configuration' },
  );
}
