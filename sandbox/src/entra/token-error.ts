import { randomUUID } from 'node:crypto';

/**
 * What Entra answers, by AADSTS number: HTTP status, OAuth error and the sentence it opens with.
 * Source: learn.microsoft.com "Microsoft Entra authentication and authorization error codes".
 */
const catalogue = {
  7000215: {
    status: 401,
    error: 'invalid_client',
    text: (app: string) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`,
  },
  7000216: {
    status: 401,
    error: 'invalid_client',
    text: () => `'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.`,
  },
  700016: {
    status: 400,
    error: 'unauthorized_client',
    text: (app: string, tenant: string) =>
      `Application with identifier '${app}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  },
  90002: {
    status: 400,
    error: 'invalid_request',
    text: (tenant: string) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  },
  70011: {
    status: 400,
    error: 'invalid_scope',
    text: (scope: string) =>
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  },
  1002012: {
    status: 400,
    error: 'invalid_scope',
    text: (scope: string) =>
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  500011: {
    status: 400,
    error: 'invalid_resource',
    text: (resource: string, tenant: string) =>
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  },
  900144: {
    status: 400,
    error: 'invalid_request',
    text: (parameter: string) => `The request body must contain the following parameter: '${parameter}'.`,
  },
  900561: {
    status: 400,
    error: 'invalid_request',
    text: (method: string) => `The endpoint only accepts POST, OPTIONS requests. Received a ${method} request.`,
  },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    text: (grant: string) => `The app requested an unsupported grant type '${grant}'.`,
  },
  70000: {
    status: 400,
    error: 'invalid_grant',
    text: () => "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.",
  },
  50034: {
    status: 400,
    error: 'invalid_grant',
    text: (user: string, tenant: string) =>
      `The user account ${user} does not exist in the ${tenant} directory. To sign into this application, the account must be added to the directory.`,
  },
  50011: {
    status: 400,
    error: 'invalid_request',
    text: (address: string, app: string) =>
      `The redirect URI '${address}' specified in the request does not match the redirect URIs configured for the application '${app}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
  },
  54005: {
    status: 400,
    error: 'invalid_grant',
    text: () =>
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  70008: {
    status: 400,
    error: 'invalid_grant',
    text: () => 'The provided authorization code or refresh token has expired due to inactivity.',
  },
  500112: {
    status: 400,
    error: 'invalid_grant',
    text: () => 'The redirect_uri in the request does not match the one that the authorization code was issued for.',
  },
  501481: {
    status: 400,
    error: 'invalid_grant',
    text: () => 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  9002313: {
    status: 400,
    error: 'invalid_grant',
    text: () => 'Invalid request. Request is malformed or invalid.',
  },
  50126: {
    status: 400,
    error: 'invalid_grant',
    text: () => 'Error validating credentials due to invalid username or password.',
  },
} as const;

export type AadCode = keyof typeof catalogue;

/** A refusal of the token endpoint. `code` is the AADSTS number; never holds a secret. */
export class TokenError extends Error {
  readonly code: AadCode;
  readonly status: number;
  readonly oauthError: string;

  constructor(code: AadCode, ...names: readonly string[]) {
    const entry = catalogue[code];
    // each sentence takes the names in order; those that it has no place for are ignored
    const text = entry.text as (...names: readonly string[]) => string;
    super(`AADSTS${code}: ${text(...names)}`);
    this.name = 'TokenError';
    this.code = code;
    this.status = entry.status;
    this.oauthError = entry.error;
  }
}

/** The JSON that Entra sends with a refusal; the correlation id is the caller's `client-request-id` when it sent one. */
export function tokenErrorBody(error: TokenError, now: Date, publicUrl: string, correlationId: string = randomUUID()) {
  const traceId = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: error.oauthError,
    error_description: `${error.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${publicUrl}/error?code=${error.code}`,
  };
}
