import { readFileSync } from 'node:fs';
import type { Config } from '../../platform/config/read-config';
import {
  daysUntilRotation,
  InvalidGatewaySettings,
  parseGatewaySettings,
} from '../../operations/gateway/gateway-settings';
import { type Check, failed, type Finding, ok, skipped, warning } from './check';

/** Days before its end at which a recovery key deserves a word. */
const noticeDays = 5;
const remedy = 'Put the settings right as docs/gateway.md says; ids and the recovery key come from the vault.';
const rotate = 'Change the recovery key as docs/gateway.md says, edit each connection, and set recoveryKeyChangedOn.';

function look(file: string, now: Date): Finding {
  try {
    const settings = parseGatewaySettings(readFileSync(file, 'utf8'));
    const days = daysUntilRotation(settings, now);
    const words = `${settings.gatewayName}, ${settings.region}, recovery key of ${settings.recoveryKeyChangedOn}`;
    if (days < 0) return failed(`${words}: ${-days} days too old`, rotate);
    return days <= noticeDays ? warning(`${words}: ${days} days left`, rotate) : ok(words);
  } catch (error) {
    if (error instanceof InvalidGatewaySettings) return failed(error.message, remedy);
    return failed('the file of GATEWAY_SETTINGS_FILE cannot be read', 'Check its path and its rights.');
  }
}

/** Registration and security of the on-premises data gateway, where one is used. */
export function gatewayCheck(config: Config, now: () => Date): Check {
  return {
    id: 'gateway',
    title: 'On-premises data gateway',
    remedy,
    look: async () =>
      config.gatewaySettingsFile === null
        ? skipped('no GATEWAY_SETTINGS_FILE: the service is reached without it')
        : look(config.gatewaySettingsFile, now()),
  };
}
