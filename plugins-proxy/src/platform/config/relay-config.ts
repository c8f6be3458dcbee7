import type { z } from 'zod';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';

/**
 * What a token needs one of. App roles (`roles`) where the service acts in its own name: a scope would let everybody in, as every token
 * of a person has one. Scopes (`scp`) where it acts in the name of the person, who then needs rights of their own.
 */
export interface TokenNeeds {
  readonly claim: 'roles' | 'scp';
  readonly oneOf: readonly string[];
}

/** How the relay is open, and for whom. */
export interface RelayConfig {
  /** Tokens of one tenant; null = none are taken. */
  readonly entra: {
    readonly tenantId: string;
    readonly issuers: readonly string[];
    readonly audiences: readonly string[];
    readonly keysUrl: string;
    readonly needs: TokenNeeds;
  } | null;
  /** User of the on-premises gateway's connection; null = Basic is not taken. */
  readonly basic: { readonly user: string; readonly passwords: readonly [string, ...string[]] } | null;
  /** Names in client certificates that are let in without anything else; empty = none. */
  readonly certificateNames: readonly string[];
  /** Requests per minute and caller. */
  readonly perMinute: number;
}

type Variables = z.output<typeof configSchema>;

/** Entra writes the issuer in two ways: the resource's manifest decides between v1.0 and v2.0 tokens. */
function issuersOf(values: Variables): readonly string[] {
  if (values.RELAY_ISSUER !== undefined) return [values.RELAY_ISSUER];
  const tenant = values.DATAVERSE_TENANT_ID;
  return [`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`];
}

/** What a token must say, of one door of the service; null audiences: that door takes none. */
export function entraOf(
  values: Variables,
  audiences: readonly string[] | undefined,
  needs: TokenNeeds,
): RelayConfig['entra'] {
  const { DATAVERSE_TENANT_ID: tenantId } = values;
  if (audiences === undefined) return null;
  return {
    tenantId,
    audiences,
    issuers: issuersOf(values),
    keysUrl: values.RELAY_KEYS_URL ?? `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`,
    needs,
  };
}

function basicOf(values: Variables, problems: ConfigurationProblem[]): RelayConfig['basic'] {
  const { RELAY_BASIC_USER: user, RELAY_BASIC_PASSWORD: password, RELAY_BASIC_PASSWORD_PREVIOUS: previous } = values;
  if (user === undefined) return null;
  if (password !== undefined) return { user, passwords: previous === undefined ? [password] : [password, previous] };
  problems.push({
    variable: 'RELAY_BASIC_PASSWORD',
    expected: 'the password of RELAY_BASIC_USER',
    received: 'nothing',
  });
  return null;
}

/** What the variables say about the relay; null = it is off. An open relay without any check cannot be configured. */
export function relayConfig(values: Variables, problems: ConfigurationProblem[]): RelayConfig | null {
  if (!values.RELAY_ENABLED) return null;
  const before = problems.length;
  const config = {
    entra: entraOf(values, values.RELAY_AUDIENCE, { claim: 'roles', oneOf: values.RELAY_ROLES }),
    basic: basicOf(values, problems),
    certificateNames: values.RELAY_CERTIFICATE_NAMES ?? [],
    perMinute: values.RELAY_PER_MINUTE,
  };
  const isOpen = config.entra === null && config.basic === null && config.certificateNames.length === 0;
  if (isOpen && problems.length === before)
    problems.push({
      variable: 'RELAY_AUDIENCE',
      expected: 'the audience of its tokens, RELAY_BASIC_USER or RELAY_CERTIFICATE_NAMES, as RELAY_ENABLED is true',
      received: 'nothing',
    });
  return config;
}
