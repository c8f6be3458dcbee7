import type { z } from 'zod';
import { entraOf, type RelayConfig } from './relay-config';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';

/** Who may call the connector API; each secret may have two values while it is rotated. */
export interface ConnectorAccess {
  /** What the on-premises gateway can send. */
  readonly basic: { readonly user: string; readonly passwords: readonly string[] } | null;
  readonly apiKeys: readonly string[];
  /** Tokens of the tenant (R-1219); null or left out = none are taken. */
  readonly entra?: RelayConfig['entra'];
  /** Requests per minute and caller; left out: no limit. */
  readonly perMinute?: number;
}

type Variables = z.output<typeof configSchema>;

const given = (...values: (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

/** Who may call the connector API; null while it is off. */
export function connectorAccess(values: Variables, problems: ConfigurationProblem[]): ConnectorAccess | null {
  if (!values.CONNECTOR_ENABLED) return null;
  const { CONNECTOR_PASSWORD: password, CONNECTOR_API_KEY: key } = values;
  const { CONNECTOR_AUDIENCE: audiences, CONNECTOR_ROLES: roles } = values;
  if (password === undefined && key === undefined && audiences === undefined)
    problems.push({
      variable: 'CONNECTOR_PASSWORD',
      expected: 'this, CONNECTOR_API_KEY or CONNECTOR_AUDIENCE, as CONNECTOR_ENABLED is true',
      received: 'nothing',
    });
  return {
    basic:
      password === undefined
        ? null
        : { user: values.CONNECTOR_USER, passwords: given(password, values.CONNECTOR_PASSWORD_PREVIOUS) },
    entra: entraOf(values, audiences, { claim: 'roles', oneOf: roles }),
    perMinute: values.CONNECTOR_PER_MINUTE,
    apiKeys: key === undefined ? [] : given(key, values.CONNECTOR_API_KEY_PREVIOUS),
  };
}
