import type { Gateway } from '../gateway/index';
import type { Secrets } from './secrets';

/** Users of the gateway's connections at the proxy; their passwords are the sandbox's secrets. */
export const gatewayUsers = { connector: 'crm-jira-gateway', relay: 'jira-gateway' } as const;

/** Makes the connections of the sandbox: one to the connector API, one to the relay, each by its own Basic. */
export function makeConnections(gateway: Gateway, proxyUrl: string, secrets: Secrets): void {
  const passwords = { connector: secrets.connectorPassword, relay: secrets.relayPassword };
  for (const name of ['connector', 'relay'] as const)
    gateway.connect(name, {
      target: proxyUrl,
      authentication: { kind: 'basic', user: gatewayUsers[name], password: passwords[name] },
    });
}
