/** An answer that the platform gives itself, in the shapes in which flows see them. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The hub's own wrapping of what went wrong behind it. */
function wrapped(status: number, message: string, words: string, requestId: string): GatewayAnswer {
  return {
    status,
    body: {
      error: {
        code: status,
        source: 'localhost',
        clientRequestId: requestId,
        message,
        innerError: { status, message: words },
      },
    },
  };
}

export const gatewayAnswers = {
  throttled: (seconds: number): GatewayAnswer => ({
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
  }),
  noConnection: (id: string): GatewayAnswer => ({
    status: 404,
    body: { error: { code: 'ConnectionNotFound', message: `There is no connection '${id}'.` } },
  }),
  bearerRefused: (): GatewayAnswer => ({
    status: 401,
    headers: { 'www-authenticate': 'Basic' },
    body: {
      error: {
        code: 'AuthenticationNotSupported',
        message: 'Through the gateway a connection authenticates by none or Basic; a bearer token cannot be passed on.',
      },
    },
  }),
  requestTooLarge: (requestId: string): GatewayAnswer =>
    wrapped(413, 'RequestEntityTooLarge', 'The request is larger than the 2 MB that the gateway takes.', requestId),
  answerTooLarge: (requestId: string): GatewayAnswer =>
    wrapped(502, 'BadGateway', 'The answer is larger than the 2 MB that the gateway takes.', requestId),
  timedOut: (requestId: string): GatewayAnswer =>
    wrapped(504, 'GatewayTimeout', 'The data source did not answer in time.', requestId),
  unreachable: (requestId: string): GatewayAnswer =>
    wrapped(502, 'BadGateway', 'The gateway cannot reach the data source.', requestId),
} as const;
