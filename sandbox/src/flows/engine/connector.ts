import type { JsonObject } from '../expression/json';

/** A connector's answer over HTTP, headers in lower case. */
export interface ConnectorAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject | null;
}

/**
 * Carries out one operation of a connector with its parameters resolved.
 *
 * @throws Error when the other side cannot be reached, or the connector has no such operation or parameter
 */
export type Connector = (operationId: string, parameters: JsonObject) => Promise<ConnectorAnswer>;

/** By the key that actions name as `connectionName`. */
export type Connectors = Readonly<Record<string, Connector>>;
