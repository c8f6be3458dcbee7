import type { EndpointVersion } from './grants';

/** OpenID provider metadata. The v2 document names the v2 issuer; tokens for Dataverse carry the v1 one, as in Entra. */
export function discoveryDocument(version: EndpointVersion, publicUrl: string, tenantId: string, issuer: string) {
  const tenant = `${publicUrl}/${tenantId}`;
  const path = version === 'v2' ? '/v2.0' : '';
  return {
    token_endpoint: `${tenant}/oauth2${path}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${tenant}/discovery${path}/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === 'v2' ? `${tenant}/v2.0` : issuer,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${tenant}/oauth2${path}/authorize`,
    http_logout_supported: true,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'name', 'tid', 'ver', 'upn', 'oid'],
    tenant_region_scope: 'NA',
    cloud_instance_name: new URL(publicUrl).host,
  };
}
