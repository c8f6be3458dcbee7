import { createServer } from 'node:net';

/** Port of the page unless `SANDBOX_PORT` says otherwise; the others follow in steps of ten. */
export const DEFAULT_BASE_PORT = 4000;

export interface Ports {
  readonly formHost: number;
  readonly dataverse: number;
  readonly jira: number;
  readonly proxy: number;
  /** On-premises data gateway, before the proxy's connector API and relay. */
  readonly gateway: number;
  /** The second Jira site. */
  readonly dataCenter: number;
  readonly sentry: number;
  /** A REST inventory and a SOAP service for work orders. */
  readonly services: number;
}

export function portsFrom(base: number): Ports {
  return {
    formHost: base,
    dataverse: base + 10,
    jira: base + 20,
    proxy: base + 30,
    gateway: base + 40,
    dataCenter: base + 50,
    sentry: base + 60,
    services: base + 70,
  };
}

const names: Readonly<Record<keyof Ports, string>> = {
  formHost: 'the form',
  dataverse: 'Dataverse',
  jira: 'Jira',
  proxy: 'the proxy',
  gateway: 'the data gateway',
  dataCenter: 'Jira Data Center',
  sentry: 'Sentry',
  services: 'inventory and work orders',
};

export class PortsBusyError extends Error {
  static readonly code = 'PORTS_BUSY';
  readonly code = PortsBusyError.code;

  constructor(busy: readonly string[]) {
    super(
      `${busy.join(' and ')} ${busy.length === 1 ? 'is' : 'are'} in use: stop what uses ${busy.length === 1 ? 'it' : 'them'}, or choose other ports with SANDBOX_PORT=5000 npm start.`,
    );
  }
}

/**
 * Reads `SANDBOX_PORT`.
 * @throws Error naming what was expected and what came
 */
export function basePortOf(value: string | undefined): number {
  if (value === undefined || value === '') return DEFAULT_BASE_PORT;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_465) return port;
  throw new Error(`SANDBOX_PORT must be a whole number from 1024 to 65465, not "${value}".`);
}

/** @throws PortsBusyError naming every port that somebody else listens on */
export async function requireFreePorts(ports: Ports): Promise<void> {
  const entries: readonly (readonly [keyof Ports, number])[] = [
    ['formHost', ports.formHost],
    ['dataverse', ports.dataverse],
    ['jira', ports.jira],
    ['proxy', ports.proxy],
    ['gateway', ports.gateway],
    ['dataCenter', ports.dataCenter],
    ['sentry', ports.sentry],
    ['services', ports.services],
  ];
  const busy: string[] = [];
  for (const [name, port] of entries)
    if (!(await isFree(port))) busy.push(`${busy.length === 0 ? 'Port' : 'port'} ${port} (${names[name]})`);
  if (busy.length > 0) throw new PortsBusyError(busy);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
