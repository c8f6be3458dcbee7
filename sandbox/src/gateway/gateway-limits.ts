/**
 * What the on-premises data gateway lets through. Sources: Microsoft "Limits of automated, scheduled, and instant flows"
 * (custom connectors: 500 requests a minute and connection; an outgoing synchronous request: 120 s), "Connectors: limits of the
 * on-premises data gateway" (2 MB of request), "Create a custom connector" (through the gateway: none, Basic or Windows).
 */
export const gatewayLimits = {
  /** Bytes of a request's body. */
  requestBytes: 2 * 1024 * 1024,
  /** Bytes of an answer's body. */
  answerBytes: 2 * 1024 * 1024,
  /** Milliseconds that a caller waits for an answer. */
  synchronousMs: 120_000,
  /** Requests of one connection within a minute. */
  perMinute: 500,
} as const;

/** What a gateway is held to; tests shorten the waiting, never the rest. */
export type GatewayLimits = { readonly [Name in keyof typeof gatewayLimits]: number };
