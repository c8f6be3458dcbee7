/** A request to the Web API, from the wire or from a part of a batch. */
export interface ApiRequest {
  readonly method: string;
  /** Below the service root, without leading slash: `accounts(…)`. */
  readonly path: string;
  /** Without question mark, still percent-encoded. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no content. */
  readonly body?: string;
}

const jsonType = 'application/json; odata.metadata=minimal; odata.streaming=true';

export const odataHeaders = { 'odata-version': '4.0' } as const;

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ApiResponse => ({
  status,
  headers: { 'content-type': jsonType, ...odataHeaders, ...headers },
  body: JSON.stringify(body),
});

export const noContent = (headers: Readonly<Record<string, string>> = {}): ApiResponse => ({
  status: 204,
  headers: { ...odataHeaders, ...headers },
});

export const text = (status: number, body: string, type = 'text/plain'): ApiResponse => ({
  status,
  headers: { 'content-type': type, ...odataHeaders },
  body,
});
