import type { ConnectorAccess } from '../connector/authenticate-caller';
import type { ConfigurationProblem } from './invalid-configuration';

interface Variables {
  readonly CONNECTOR_ENABLED: boolean;
  readonly CONNECTOR_USER: string;
  readonly CONNECTOR_PASSWORD?: string | undefined;
  readonly CONNECTOR_PASSWORD_PREVIOUS?: string | undefined;
  readonly CONNECTOR_API_KEY?: string | undefined;
  readonly CONNECTOR_API_KEY_PREVIOUS?: string | undefined;
}

const given = (...values: (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

/** Who may call the connector API; null while it is off. */
export function connectorAccess(values: Variables, problems: ConfigurationProblem[]): ConnectorAccess | null {
  if (!values.CONNECTOR_ENABLED) return null;
  const { CONNECTOR_PASSWORD: password, CONNECTOR_API_KEY: key } = values;
  if (password === undefined && key === undefined)
    problems.push({
      variable: 'CONNECTOR_PASSWORD',
      expected: 'this or CONNECTOR_API_KEY, as CONNECTOR_ENABLED is true',
      received: 'nothing',
    });
  return {
    basic:
      password === undefined
        ? null
        : { user: values.CONNECTOR_USER, passwords: given(password, values.CONNECTOR_PASSWORD_PREVIOUS) },
    apiKeys: key === undefined ? [] : given(key, values.CONNECTOR_API_KEY_PREVIOUS),
  };
}
