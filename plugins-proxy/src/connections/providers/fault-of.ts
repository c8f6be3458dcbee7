import { entryOf, type NamedFault, type NetworkFault } from '@crmjira/domain';
import { IntegrationError } from '../../platform/errors/integration-error';
import { AnswerTooLong } from '../../platform/http-client/answer-too-long';
import { classifyError } from '../../platform/errors/classify-error';
import { issuerBehind } from '../../platform/tls/shown-issuer';
import { type Problem, problemOf } from './problem-of';

/** By the code of an error of Node or undici: of the name, the connection or the certificate. */
const byCode: Readonly<Record<string, NetworkFault>> = {
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'cut-off',
  ECONNABORTED: 'cut-off',
  EPIPE: 'cut-off',
  UND_ERR_SOCKET: 'cut-off',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'no-answer',
  ABORT_ERR: 'no-answer',
  UND_ERR_CONNECT_TIMEOUT: 'no-answer',
  UND_ERR_HEADERS_TIMEOUT: 'no-answer',
  UND_ERR_BODY_TIMEOUT: 'no-answer',
  UND_ERR_RESPONSE_EXCEEDED_SIZE: 'answer-too-large',
  // A proxy that does not open the tunnel: nothing else aborts a request of ours.
  UND_ERR_ABORTED: 'proxy-refused',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown-authority',
  CERT_UNTRUSTED: 'certificate-refused',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-other-name',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  CERT_REVOKED: 'certificate-refused',
  INVALID_PURPOSE: 'certificate-refused',
  EPROTO: 'not-tls',
};

/** Families of codes. */
const byPattern: readonly (readonly [RegExp, NetworkFault])[] = [
  [/^ERR_(SSL|TLS)_/, 'not-tls'],
  [/^HPE_/, 'not-http'],
  [/^Z_[A-Z]+_ERROR$/, 'not-json'],
];

/** Errors that have no code. */
const byName: Readonly<Record<string, NetworkFault>> = {
  TimeoutError: 'no-answer',
  AbortError: 'no-answer',
  HTTPParserError: 'not-http',
};

/** A text that an error has, of whatever class it is: Node, undici and TLS throw those of their own. */
function textOf(error: object, name: 'code' | 'name'): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

/** What the connection itself said, down the chain of causes. */
function faultOfConnection(error: unknown): NetworkFault | null {
  const seen = new Set<unknown>();
  let one = error;
  while (typeof one === 'object' && one !== null && !seen.has(one)) {
    seen.add(one);
    const code = textOf(one, 'code');
    const found =
      entryOf(byCode, code) ??
      byPattern.find(([pattern]) => pattern.test(code))?.[1] ??
      entryOf(byName, textOf(one, 'name'));
    if (found !== undefined) return found;
    one = Reflect.get(one, 'cause');
  }
  return null;
}

const byProblem: Readonly<Record<Problem, NetworkFault>> = {
  unreachable: 'unavailable',
  refused: 'credentials',
  'not-found': 'not-found',
  'rate-limited': 'rate-limit',
  'wrong-product': 'wrong-product',
  invalid: 'settings-invalid',
};

/** What the classifier of a provider (`create-classifier.ts`) has found, told apart by the status of the answer. */
function faultOfAnswer(code: string, status: number | undefined): NetworkFault | null {
  if (code.endsWith('-credentials')) {
    if (status === 403) return 'captcha';
    return status === undefined || status === 401 ? 'credentials' : 'anonymous';
  }
  if (code.endsWith('-forbidden')) return 'forbidden';
  if (code.endsWith('-refused')) return 'refused';
  if (!code.endsWith('-page')) return null;
  if (status !== undefined && status >= 300 && status < 400) return 'redirect';
  return status === undefined || status === 404 ? 'wrong-product' : 'web-page';
}

/** Codes that stand for one fault, whatever stands behind them. */
const byOwnCode: Readonly<Record<string, NetworkFault>> = {
  'address-refused': 'address-refused',
  // The list of hosts that may be called (`egress-guard.ts`).
  'environment-variable': 'address-refused',
  'gateway-unavailable': 'proxy-refused',
  'secret-unreadable': 'secret-unreadable',
  'secret-not-stored': 'secret-missing',
};

/**
 * The fault behind whatever was thrown while a service was called: of the connection, of what answered, of the settings. Pure.
 * @param product name of the product; of a service of any kind, its host
 */
export function faultOf(
  thrown: unknown,
  { product, host }: { readonly product: string; readonly host: string },
): NamedFault & { readonly name: NetworkFault } {
  const error = classifyError(thrown, product);
  // A client that knows its product wraps what cannot be its answer: why it cannot says more.
  if (error.cause instanceof IntegrationError && error.cause.code === 'unexpected-answer')
    return faultOf(error.cause, { product, host });
  const { code, status, message } = error;
  const problem = problemOf(error);
  const name =
    entryOf(byOwnCode, code) ??
    (thrown instanceof AnswerTooLong ? 'answer-too-large' : null) ??
    faultOfAnswer(code, status) ??
    faultOfConnection(thrown) ??
    (code === 'unexpected-answer' && error.errorClass === 'transient' ? 'not-json' : null) ??
    (code.endsWith('-unavailable') && status === undefined ? 'unreachable' : null) ??
    (problem === null ? 'unexpected' : byProblem[problem]);
  return {
    name,
    args: {
      product,
      host,
      ...(status === undefined ? {} : { status: String(status) }),
      ...(name === 'settings-invalid' ? { detail: message } : {}),
      ...(name.startsWith('certificate-') ? { issuer: issuerBehind(thrown) } : {}),
    },
  };
}
