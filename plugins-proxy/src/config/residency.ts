import type { ConfigurationProblem } from './invalid-configuration';

/** Azure's names of the regions in which data may lie and be worked on (R-1221): Canada Central, and Canada East as its backup. */
export const defaultRegions = ['canadacentral', 'canadaeast'] as const;

/** Dataverse's addresses in Canada; signing in carries no business data. Everything else must be named. */
const alwaysApproved = ['*.crm3.dynamics.com', 'login.microsoftonline.com'] as const;

/** An address that the service calls, by the variable that says so. */
export interface OutgoingAddress {
  readonly variable: string;
  readonly url: string;
}

/** Name of the host that an address leads to, in lower case. */
export const hostOf = (url: string): string => new URL(url).hostname.toLowerCase().replace(/^\[|\]$/g, '');

/** Addresses of this machine, a socket of it included: what is sent there goes nowhere. */
export const isLoopback = (host: string): boolean =>
  host === '' || host === 'localhost' || host === '::1' || /^127\.(\d+\.?){3}$/.test(host);

/** Whether a host is one of the approved, of which `*.example.com` stands for every name below it. */
export function isApproved(host: string, approved: readonly string[]): boolean {
  return approved.some((one) =>
    one.startsWith('*.') ? host.endsWith(one.slice(1).toLowerCase()) : host === one.toLowerCase(),
  );
}

/**
 * The Azure region as the platform tells it: Container Apps in `CONTAINER_APP_ENV_DNS_SUFFIX`
 * (`<id>.<region>.azurecontainerapps.io`), App Service in `REGION_NAME` (`Canada Central`); null elsewhere.
 */
export function regionOf(variables: {
  readonly CONTAINER_APP_ENV_DNS_SUFFIX?: string | undefined;
  readonly REGION_NAME?: string | undefined;
}): string | null {
  const suffix = /([a-z0-9]+)\.azurecontainerapps\.io$/i.exec(variables.CONTAINER_APP_ENV_DNS_SUFFIX ?? '')?.[1];
  return (suffix ?? variables.REGION_NAME)?.toLowerCase().replaceAll(' ', '') ?? null;
}

/** What keeps data where it belongs. */
export interface Residency {
  /** Null = not on Azure, or Azure does not say. */
  readonly region: string | null;
  /** Hosts that may be called besides those that always may; null = nobody has listed them. */
  readonly approvedHosts: readonly string[] | null;
}

/**
 * Finds the addresses that must not be called: without TLS (R-1214), in Dataverse's other countries (R-1221), or outside the list
 * of approved hosts (R-1212). Pure.
 */
export function residencyProblems(
  residency: Residency,
  regions: readonly string[],
  addresses: readonly OutgoingAddress[],
): readonly ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const { region, approvedHosts } = residency;
  if (region !== null && !regions.includes(region))
    problems.push({
      variable: 'ALLOWED_REGIONS',
      expected: `to run in ${regions.join(' or ')}`,
      received: `"${region}"`,
    });
  for (const { variable, url } of addresses) {
    const host = hostOf(url);
    if (isLoopback(host)) continue;
    if (new URL(url).protocol === 'http:')
      problems.push({ variable, expected: 'an https address, as it is not on this machine', received: `"${url}"` });
    if (isApproved(host, [...alwaysApproved, ...(approvedHosts ?? [])])) continue;
    if (/\.crm\d*\.dynamics\.com$/.test(host))
      problems.push({
        variable,
        expected: 'a Dataverse address in Canada (*.crm3.dynamics.com)',
        received: `"${host}"`,
      });
    else if (approvedHosts !== null)
      problems.push({ variable, expected: 'a host that APPROVED_HOSTS names', received: `"${host}"` });
  }
  return problems;
}
