import { type DirectoryFault, entryOf } from '@crmjira/domain';

/** A directory that did not do what was asked. */
export class DirectoryError extends Error {
  constructor(
    readonly fault: DirectoryFault,
    /** What the directory or the connection said, without anything secret. */
    readonly detail: string,
    cause?: unknown,
  ) {
    super(`${fault}: ${detail}`, { cause });
    this.name = 'DirectoryError';
  }
}

/** By the code of an error of Node: of the name, the connection or the certificate. */
const byNodeCode: Readonly<Record<string, DirectoryFault>> = {
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'no-answer',
  ECONNRESET: 'cut-off',
  EPIPE: 'cut-off',
  EPROTO: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-other-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown-authority',
  CERT_REVOKED: 'certificate-refused',
  CERT_UNTRUSTED: 'certificate-refused',
  INVALID_PURPOSE: 'certificate-refused',
};

/** By the result code of LDAP (RFC 4511, appendix A). */
const byResultCode: Readonly<Record<number, DirectoryFault>> = {
  1: 'anonymous',
  3: 'time-limit',
  4: 'size-limit',
  8: 'needs-protection',
  10: 'referral',
  11: 'size-limit',
  13: 'needs-protection',
  18: 'filter-malformed',
  21: 'name-malformed',
  32: 'base-not-found',
  34: 'name-malformed',
  49: 'credentials',
  50: 'forbidden',
  51: 'busy',
  52: 'busy',
};

/** What Active Directory adds to a refused sign-in: `…, data 775, …`. */
const byActiveDirectoryCode: Readonly<Record<string, DirectoryFault>> = {
  '530': 'sign-in-hours',
  '531': 'sign-in-hours',
  '532': 'password-expired',
  '533': 'account-disabled',
  '701': 'account-expired',
  '773': 'password-must-change',
  '775': 'account-locked',
};

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const messageOf = (error: unknown): string =>
  // An answer may be of any length.
  (error instanceof Error ? error.message : String(error)).slice(0, 500);

function faultOf(error: unknown): DirectoryFault {
  const code = codeOf(error);
  const message = messageOf(error);
  if (typeof code === 'string') return entryOf(byNodeCode, code) ?? 'refused';
  if (typeof code !== 'number')
    return /timed out|timeout/iu.test(message)
      ? 'no-answer'
      : /Socket error|closed/iu.test(message)
        ? 'cut-off'
        : 'refused';
  const data = code === 49 ? /, data ([0-9a-f]+)/iu.exec(message)?.[1] : undefined;
  return entryOf(byActiveDirectoryCode, data ?? '') ?? byResultCode[code] ?? 'refused';
}

/** What went wrong, by what the connection or the library threw. */
export const toDirectoryError = (error: unknown): DirectoryError =>
  error instanceof DirectoryError ? error : new DirectoryError(faultOf(error), messageOf(error), error);
