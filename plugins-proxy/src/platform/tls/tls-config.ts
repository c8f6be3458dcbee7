import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type { configSchema } from '../config/config-schema';
import type { ConfigurationProblem } from '../config/invalid-configuration';

/** Lowest version of TLS that is spoken: 1.3, or 1.2 where somebody has set it (R-1214). */
export type LowestTls = 'TLSv1.2' | 'TLSv1.3';

/** How this service serves TLS. All texts are PEM. */
export interface ServerTls {
  readonly certificate: string;
  readonly key: string;
  /** Authority of client certificates; null = none are asked for. */
  readonly clientCa: string | null;
  /** True: a connection without a certificate of that authority is not made. */
  readonly clientRequired: boolean;
  readonly lowest: LowestTls;
}

/** How this service speaks TLS to Jira (R-1215). All texts are PEM. */
export interface JiraTls {
  /** Authorities that sign Jira's certificate; null = those of the platform. */
  readonly ca: string | null;
  /** Proves to Jira, or to what stands before it, who calls; null = nothing asks. */
  readonly client: { readonly certificate: string; readonly key: string } | null;
  readonly lowest: LowestTls;
}

type Variables = z.output<typeof configSchema>;
type Name = keyof Variables & string;

function parsed<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    // What is wrong with it is said by the caller, with the name of the variable; OpenSSL's words tell nobody anything.
    return null;
  }
}

function problem(variable: string, expected: string, received: string): ConfigurationProblem {
  return { variable, expected, received };
}

function checkAuthority(name: Name, pem: string | undefined, problems: ConfigurationProblem[]): void {
  if (pem === undefined || parsed(() => new X509Certificate(pem)) !== null) return;
  problems.push(problem(name, 'certificates of authorities, as PEM', 'something else'));
}

/** A certificate and its key, both or neither, and of one pair. */
function pairOf(
  names: readonly [Name, Name],
  [certificate, key]: readonly [string | undefined, string | undefined],
  problems: ConfigurationProblem[],
): { certificate: string; key: string } | null {
  if (certificate === undefined && key === undefined) return null;
  const [ofCertificate, ofKey] = names;
  if (certificate === undefined || key === undefined) {
    const [missing, given] = certificate === undefined ? [ofCertificate, ofKey] : [ofKey, ofCertificate];
    problems.push(problem(missing, `the other half of ${given}`, 'nothing'));
    return null;
  }
  const x509 = parsed(() => new X509Certificate(certificate));
  const privateKey: KeyObject | null = parsed(() => createPrivateKey(key));
  if (x509 === null) problems.push(problem(ofCertificate, 'a certificate as PEM', 'something else'));
  if (privateKey === null)
    problems.push(problem(ofKey, 'a private key as PEM, without a passphrase', 'something else'));
  if (x509 !== null && privateKey !== null && !x509.checkPrivateKey(privateKey))
    problems.push(problem(ofKey, `the key that belongs to ${ofCertificate}`, 'another key'));
  return { certificate, key };
}

/** How connections come in; null = plain HTTP, for a reverse proxy before it or for this machine alone. */
export function serverTls(values: Variables, problems: ConfigurationProblem[]): ServerTls | null {
  const pair = pairOf(['TLS_CERTIFICATE', 'TLS_KEY'], [values.TLS_CERTIFICATE, values.TLS_KEY], problems);
  const { TLS_CLIENT_CA: clientCa = null, TLS_CLIENT_REQUIRED: clientRequired } = values;
  checkAuthority('TLS_CLIENT_CA', values.TLS_CLIENT_CA, problems);
  if (clientCa !== null && pair === null)
    problems.push(problem('TLS_CERTIFICATE', 'a certificate to serve, as TLS_CLIENT_CA is set', 'nothing'));
  if (clientRequired && clientCa === null)
    problems.push(
      problem('TLS_CLIENT_CA', 'the authority of the certificates that TLS_CLIENT_REQUIRED asks for', 'nothing'),
    );
  if (values.RELAY_CERTIFICATE_NAMES !== undefined && clientCa === null)
    problems.push(problem('TLS_CLIENT_CA', 'the authority that signs the names of RELAY_CERTIFICATE_NAMES', 'nothing'));
  if (pair === null) return null;
  if (!values.PUBLIC_URL.startsWith('https://'))
    problems.push(problem('PUBLIC_URL', 'an https address, as TLS_CERTIFICATE is set', `"${values.PUBLIC_URL}"`));
  return { ...pair, clientCa, clientRequired, lowest: `TLSv${values.TLS_MIN_VERSION}` };
}

/** How Jira is reached. */
export function jiraTls(values: Variables, problems: ConfigurationProblem[]): JiraTls {
  checkAuthority('JIRA_CA', values.JIRA_CA, problems);
  const pair = pairOf(['JIRA_CERTIFICATE', 'JIRA_KEY'], [values.JIRA_CERTIFICATE, values.JIRA_KEY], problems);
  if (pair !== null && !values.JIRA_URL.startsWith('https://'))
    problems.push(problem('JIRA_URL', 'an https address, as JIRA_CERTIFICATE is set', `"${values.JIRA_URL}"`));
  return { ca: values.JIRA_CA ?? null, client: pair, lowest: `TLSv${values.JIRA_TLS_MIN_VERSION}` };
}
