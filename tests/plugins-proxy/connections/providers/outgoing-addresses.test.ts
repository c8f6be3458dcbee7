import { createServer as createPlainServer, type Server } from 'node:net';
import { guardEgress } from '../../../../plugins-proxy/src/connections/egress-guard';
import { createNotificationProvider } from '../../../../plugins-proxy/src/connections/providers/notification';
import { createRestProvider } from '../../../../plugins-proxy/src/connections/providers/rest';
import { createSoapProvider } from '../../../../plugins-proxy/src/connections/providers/soap';
import type { Resolve } from '../../../../plugins-proxy/src/platform/http-client/site-guard';
import { json, listening, serviceParts, startService } from '../../clients/web-service/service-world';

/** Whoever connects to this machine has got past the guard. */
const reached: string[] = [];
const listener: Server = createPlainServer((socket) => {
  reached.push(`${socket.localAddress ?? ''}:${socket.localPort ?? ''}`);
  socket.destroy();
});
let port = 0;
let front: Awaited<ReturnType<typeof startService>>;
let answer: { next: string; location: string } = { next: '', location: '' };

beforeAll(async () => {
  port = await listening(listener);
  front = await startService(({ url }, response) =>
    url.startsWith('/redirect')
      ? json(response, {}, 307, { location: encodeURI(answer.location) })
      : json(response, { rows: [{}], next: answer.next }, 200, { link: `<${encodeURI(answer.next)}>; rel="next"` }),
  );
});

/** Names that lead where no request may go; each also by way of the list. */
const names: Readonly<Record<string, readonly string[]>> = {
  'loopback.example': ['127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'ten.example': ['10.0.0.1'],
  'unique-local.example': ['fd00::1'],
  'mixed.example': ['203.0.113.10', '127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'xn--bcher-kva.example': ['127.0.0.1'],
};
const asked = new Map<string, number>();
const resolve: Resolve = (host, _options, callback) => {
  const times = (asked.get(host) ?? 0) + 1;
  asked.set(host, times);
  // Answers the check with an address of nobody, and the next question with this machine.
  const rebinding = times === 1 ? ['192.0.2.1'] : ['127.0.0.1'];
  const found = host === 'rebinding.example' ? rebinding : (names[host.replace(/\.$/, '')] ?? ['127.0.0.1']);
  callback(
    null,
    found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
};

const { evaluator, vault } = serviceParts(() => []);
function world() {
  const egress = guardEgress(
    {
      settings: () => Promise.reject(new Error('not asked')),
      lastSettings: () => ({ egressAllowList: null }) as never,
    },
    // Nothing but the service of this test is confirmed by the operator, at its own port.
    { configured: [], privateHosts: [`localhost:${front.port}`] },
    resolve,
  );
  const parts = { egress, evaluator, vault, now: Date.now };
  return {
    parts: { ...parts, guard: egress.of },
    rest: createRestProvider(parts),
    soap: createSoapProvider(parts),
    told: createNotificationProvider({ egress }),
  };
}
let made: ReturnType<typeof world>;
beforeAll(() => {
  made = world();
});
afterAll(async () => {
  await Promise.all([evaluator.close(), front.close(), new Promise((closed) => listener.close(closed))]);
});

const hosts = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[::127.0.0.1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'loca%6chost',
  '１２７.0.0.1',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  '127。0。0。1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '[::ffff:169.254.169.254]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '168.63.129.16',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '[fc00::1]',
  '[fd00::1]',
  '224.0.0.1',
  ...Object.keys(names),
  'mixed.example.',
  'bücher.example',
  'rebinding.example',
];
const tricks = (at: number): readonly string[] => [
  ...hosts.flatMap((host) => [`https://${host}:${at}/`, `http://${host}:${at}/`]),
  `https://api.example@127.0.0.1:${at}/`,
  `https://127.0.0.1:${at}#@api.example/`,
  `https://api.example:${at}\\@127.0.0.1/`,
  `//127.0.0.1:${at}/`,
  'file:///etc/passwd',
  `gopher://127.0.0.1:${at}/_GET`,
  `ftp://127.0.0.1:${at}/`,
  `ws://127.0.0.1:${at}/`,
  'data:application/json,[]',
  'javascript:1',
];

type Open = 'rest' | 'token' | 'soap' | 'wsdl' | 'next' | 'link' | 'redirect';
const envelope = '<s:Envelope xmlns:s="urn:s"><s:Body/></s:Envelope>';

/** Settings that lead to an address; null: nobody can save them. */
function settingsFor(way: Open, address: string) {
  const inside = { url: `http://localhost:${front.port}`, records: 'rows', timeoutSeconds: 1 };
  const given = {
    rest: { url: address, timeoutSeconds: 1 },
    token: { ...inside, signIn: 'oauth', tokenUrl: address, clientId: 'id' },
    soap: { url: address, envelope, timeoutSeconds: 1 },
    wsdl: { url: address, wsdl: address, envelope, timeoutSeconds: 1 },
    next: { ...inside, paging: 'next', next: 'next' },
    link: { ...inside, paging: 'link' },
    redirect: { ...inside, path: '/redirect' },
  }[way];
  return (way === 'soap' || way === 'wsdl' ? made.soap : made.rest).settings.safeParse(given);
}

/** Tests, and reads a second page where there is one. */
async function call(way: Open, address: string): Promise<'refused' | 'not saved' | 'passed'> {
  answer = { next: address, location: address };
  const settings = settingsFor(way, address);
  if (!settings.success) return 'not saved';
  const provider = way === 'soap' || way === 'wsdl' ? made.soap : made.rest;
  // Its own schema has read them.
  const open = await provider.open('id', settings.data as never, { clientSecret: 'shh-shh-shh' });
  const report = await open.test();
  await open.close();
  return report.ok ? 'passed' : 'refused';
}

it('has forty addresses and tricks at the least', () => {
  expect(new Set(tricks(1)).size).toBeGreaterThanOrEqual(40);
});

it.each(['rest', 'token', 'soap', 'wsdl'] as const)(
  'reaches no address of a private network through %s, however it is written (R-1609, R-1618)',
  async (way) => {
    asked.clear();
    for (const address of tricks(port)) expect([address, await call(way, address)]).not.toEqual([address, 'passed']);
    expect(reached).toEqual([]);
  },
);

/** Sends a test message. */
async function tell(address: string): Promise<'refused' | 'not saved' | 'passed'> {
  const settings = made.told.settings.safeParse({ adapter: 'slack', url: URL.parse(address)?.origin ?? address });
  const secrets = made.told.secrets.safeParse({ address });
  if (!settings.success || !secrets.success) return 'not saved';
  const open = await made.told.open('id', settings.data, secrets.data);
  const report = await open.test();
  await open.close();
  return report.ok ? 'passed' : 'refused';
}

it('sends no notification to an address of a private network, however it is written, nor where an answer leads (R-2024, R-2027, R-1618)', async () => {
  asked.clear();
  for (const address of tricks(port)) expect([address, await tell(address)]).not.toEqual([address, 'passed']);
  for (const address of tricks(port)) {
    answer = { next: address, location: address };
    expect(await tell(`http://localhost:${front.port}/redirect`)).toBe('refused');
  }
  expect(reached).toEqual([]);
});

it.each(['next', 'link', 'redirect'] as const)(
  'goes nowhere that an answer leads by %s, beyond its own service (R-1609)',
  async (way) => {
    const { openRest } = await import('../../../../plugins-proxy/src/clients/rest/open-rest');
    for (const address of tricks(port)) {
      answer = { next: address, location: address };
      const settings = settingsFor(way, address);
      if (!settings.success) throw new Error('the settings themselves are good', { cause: settings.error });
      const service = await openRest(settings.data as never, {}, made.parts);
      const read = async (): Promise<void> => {
        for await (const { rows } of service.pages(null, [])) if (rows.length === 0) break;
      };
      const came = await read().then(
        () => 'read',
        (error: { fault?: string }) => error.fault ?? String(error),
      );
      await service.close();
      expect([address, came]).toEqual([
        address,
        expect.stringMatching(/^(?:redirect|service-other-origin|service-page-again|not-found|read)$/),
      ]);
      if (way === 'redirect') expect(came).toBe('redirect');
      else expect([address, came]).not.toEqual([address, 'read']);
    }
    expect(reached).toEqual([]);
  },
);

it('the listener hears whoever does connect', async () => {
  await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  expect(reached).toHaveLength(1);
});
