import { type Dispatcher, ProxyAgent } from 'undici';
import { NoSignIn } from './no-sign-in';

/**
 * The proxy of the environment by which an address is reached: that of `https_proxy`, as the Dataverse library has it for its own calls.
 * Jira has a setting of its own, `JIRA_GATEWAY_URL`, and plain http stays on this machine.
 * @returns null = straight
 * @throws NoSignIn where the variable holds no address; its text is not told, as it may hold a password
 */
export function forwardProxyOf(url: string): Dispatcher | null {
  const { https_proxy: proxy = '' } = process.env;
  if (proxy === '' || !url.startsWith('https:')) return null;
  if (!/^https?:$/.test(URL.parse(proxy)?.protocol ?? ''))
    throw new NoSignIn(
      'The variable https_proxy holds no address. Give it as http://proxy.company.com:3128, or take it away.',
      { code: 'dataverse-sign-in', errorClass: 'configuration' },
    );
  return new ProxyAgent(proxy);
}

/** undici words a tunnel that was refused like this, and gives no status beside it. */
const refusal = /^Proxy response \((\d{3})\)/;

const notAllowed = 'Whoever runs it must let this service through to the host of TOKEN_URL.';
/** What a person does about a refusal that stands until somebody changes it; of others none is known, as they may pass. */
const remedies: Readonly<Record<number, string>> = {
  401: notAllowed,
  403: notAllowed,
  407: 'It asks who is calling: give its address a user and password, or let this service through without.',
};

/** A tunnel to the sign-in service that the proxy did not open, in words; null = something else failed. */
export function refusedTunnel(error: unknown): NoSignIn | null {
  const status = Number(error instanceof Error ? refusal.exec(error.message)?.[1] : undefined);
  if (Number.isNaN(status)) return null;
  const remedy = remedies[status];
  return new NoSignIn(
    `The proxy of https_proxy did not open the way to the sign-in service (${status}). ${remedy ?? 'It is tried again.'}`,
    {
      code: 'dataverse-sign-in',
      errorClass: remedy === undefined ? 'transient' : 'configuration',
      status,
      cause: error,
    },
  );
}
