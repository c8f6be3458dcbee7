import { z } from 'zod';
import type { ConnectorAccess } from '../../platform/config/connector-access';
import { optionalText } from '../../clients/dataverse/columns';
import { type Finding, ok, skipped, warning } from './check';

/** A custom connector as Dataverse keeps it: how a connection is made stands in the parameters, as JSON. */
export const connectorRow = z.object({ connectionparameters: optionalText });

export const connectorRemedy =
  'Import the connector of the kind that the service takes (docs/connector.md, "Import it"), or give the service what this kind signs in with.';

const parametersFile = z.record(z.string(), z.looseObject({ type: z.string() }));

/** Kind of the imported connector, by what a connection asks for; null: by nothing that we ship. */
function kindOf(text: string | null): 'basic' | 'entra' | 'gateway' | null {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    // An export may leave the file empty: nothing can be told from it.
    return null;
  }
  const parsed = parametersFile.safeParse(value);
  if (!parsed.success) return null;
  const types = Object.values(parsed.data).map(({ type }) => type);
  if (types.includes('gatewaySetting')) return 'gateway';
  if (types.includes('oauthSetting')) return 'entra';
  return 'password' in parsed.data ? 'basic' : null;
}

/** Pure: whether the service takes what connections of the imported connector send. */
export function judgeConnector(
  connectors: readonly z.output<typeof connectorRow>[],
  access: ConnectorAccess | null,
  hasGatewaySettings: boolean,
): Finding {
  const [connector] = connectors;
  if (connector === undefined) return skipped('no connector is imported');
  if (access === null) return skipped('the connector API is off (CONNECTOR_ENABLED)');
  const kind = kindOf(connector.connectionparameters);
  if (kind === null) return warning('the imported connector is of no kind that we ship', connectorRemedy);
  if (kind === 'entra' && access.entra == null)
    return warning('entra is imported, the service takes no tokens (CONNECTOR_AUDIENCE)', connectorRemedy);
  if (kind !== 'entra' && access.basic === null)
    return warning(`${kind} is imported, the service takes no password (CONNECTOR_PASSWORD)`, connectorRemedy);
  if (kind === 'gateway' && !hasGatewaySettings)
    return warning('gateway is imported, and no gateway is described (GATEWAY_SETTINGS_FILE)', connectorRemedy);
  return ok(kind);
}
