import type { z } from 'zod';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';
import { entraOf, type RelayConfig } from './relay-config';

/** Who may call the API for other clients: people, by tokens that a client has in their name. */
export interface ApiAccess {
  readonly entra: NonNullable<RelayConfig['entra']>;
  /** Requests per minute and person. */
  readonly perMinute: number;
}

/** What the variables say about it; null = it is off. */
export function apiAccess(values: z.output<typeof configSchema>, problems: ConfigurationProblem[]): ApiAccess | null {
  if (!values.API_ENABLED) return null;
  const entra = entraOf(values, values.API_AUDIENCE, { claim: 'scp', oneOf: values.API_SCOPES });
  if (entra !== null) return { entra, perMinute: values.API_PER_MINUTE };
  problems.push({
    variable: 'API_AUDIENCE',
    expected: 'the audience of its tokens, as API_ENABLED is true',
    received: 'nothing',
  });
  return null;
}
