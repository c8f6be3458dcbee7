import type { ConfigurationProblem } from './invalid-configuration';
import { isListed, placeOf } from './host-list';

/** Azure's names of the regions in which data may lie and be worked on (R-1221): Canada Central, and Canada East as its backup. */
export const defaultRegions = ['canadacentral', 'canadaeast'] as const;

/** Dataverse's addresses in Canada; signing in carries no business data. Everything else must be named. */
const alwaysApproved = ['*.crm3.dynamics.com', 'login.microsoftonline.com'] as const;

/** An address that the service calls, by the variable that says so. */
export interface OutgoingAddress {
  readonly variable: string;
  readonly url: string;
  /** What goes there is encrypted for somebody behind it: a tunnel may be opened in the clear. */
  readonly isTunnel?: boolean;
}

const isDatabase = ({ protocol }: URL): boolean => protocol.startsWith('postgres');

/** Addresses of this machine, a socket of it included: what is sent there goes nowhere. */
export const isLoopback = (host: string): boolean =>
  host === '' || host === 'localhost' || host === '::1' || /^127\.(\d+\.?){3}$/.test(host);

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

/**
 * What an address lacks so that what goes there is encrypted on its way, and the other side proven (R-1214); null: nothing. Loopback is
 * not asked about.
 */
function plainness({ variable, url, isTunnel = false }: OutgoingAddress): ConfigurationProblem | null {
  const parsed = new URL(url);
  if (isDatabase(parsed)) {
    const mode = parsed.searchParams.getAll('sslmode').at(-1);
    if (mode === 'verify-full') return null;
    const received = mode === undefined ? 'nothing of the kind' : `"${mode}"`;
    return { variable, expected: 'sslmode=verify-full in it, as it is not on this machine', received };
  }
  if (isTunnel || parsed.protocol !== 'http:') return null;
  return { variable, expected: 'an https address, as it is not on this machine', received: `"${url}"` };
}

/**
 * Finds the addresses, of those that others are told, that are not https: what comes there carries secrets in its headers, and nothing
 * but this machine is called without TLS (R-1214). Pure.
 */
export function toldProblems(addresses: readonly OutgoingAddress[]): readonly ConfigurationProblem[] {
  return addresses.flatMap((address) => {
    const problem = isLoopback(placeOf(new URL(address.url)).host) ? null : plainness(address);
    return problem === null ? [] : [problem];
  });
}

/** What keeps data where it belongs. */
export interface Residency {
  /** Null = not on Azure, or Azure does not say. */
  readonly region: string | null;
  /** Hosts that may be called besides those that always may; null = nobody has listed them. */
  readonly approvedHosts: readonly string[] | null;
  /** Hosts on private networks that may be called, besides those that the configuration itself names. */
  readonly privateHosts: readonly string[];
}

/**
 * Finds the addresses that must not be called: without TLS (R-1214), in Dataverse's other countries (R-1221), or outside the list
 * of approved hosts (R-1212). Pure.
 */
export function residencyProblems(
  residency: Pick<Residency, 'region' | 'approvedHosts'>,
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
  for (const address of addresses) {
    const { variable } = address;
    const place = placeOf(new URL(address.url));
    const { host } = place;
    if (isLoopback(host)) continue;
    const plain = plainness(address);
    if (plain !== null) problems.push(plain);
    if (isListed(place, [...alwaysApproved, ...(approvedHosts ?? [])], [place])) continue;
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
