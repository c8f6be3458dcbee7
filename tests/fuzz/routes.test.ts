import fc from 'fast-check';
import { relayOperations } from '../../plugins-proxy/src/inbound/relay/relay-table';
import { awkwardText, encoded, hostileBody, hostileHeaders, wrongCredential } from './hostile-input';
import { type RouteGroup, routeGroups } from './route-groups';
import { type Effects, secrets, startWholeApp, type WholeApp } from './whole-app';

/**
 * Cases for a group of routes that takes input, with and without credentials together; a route gets a hundred at least. They differ from
 * run to run; after a change of the doors, FUZZ_CASES=5000 tries that many at once.
 */
const casesPerGroup = Number(process.env['FUZZ_CASES'] ?? 1_000);
const leastPerRoute = 100;

let whole: WholeApp;
beforeAll(async () => {
  whole = await startWholeApp();
});
afterAll(() => whole.close());

type Route = WholeApp['routes'][number];
const routesOf = (group: RouteGroup): Route[] => whole.routes.filter(({ url }) => group.matches(url));

/** The route's address with hostile values in its placeholders, sometimes those with which it works. */
function addressOf(
  group: RouteGroup,
  { url, method }: Route,
  values: readonly string[],
  query: string,
  plain: boolean,
): string {
  let used = 0;
  const filled = url.replaceAll(/:(\w+)|\*/g, (_, name: string | undefined) => {
    const known = name === undefined ? relayed(method, values[0] ?? '', plain) : group.parameters?.[name];
    if (plain && known !== undefined) return known;
    return encoded(values[used++ % values.length] ?? '');
  });
  return query === '' ? filled : `${filled}?${query}`;
}

/** A path of the relay's table with a value that has the shape of a key or of nothing. */
function relayed(method: string, value: string, plain: boolean): string {
  const fitting = relayOperations.filter((operation) => operation.method === method);
  const operation = fitting[value.length % Math.max(1, fitting.length)];
  const filled = operation?.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'version' ? '3' : plain ? 'AB-1' : encoded(value),
  );
  return (filled ?? '/rest/api/3/issue/AB-1').replace(/^\//, '');
}

const query = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom('projectKey', 'jql', 'expand', 'startAt', 'maxResults', 'fields'), awkwardText),
        awkwardText,
      ),
      { maxLength: 3 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')),
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x21-\x7e]|#/g, '')),
);

/** @param remoteAddress where it comes from: an address that guesses must wait (F-310) */
async function send(
  route: Route,
  body: Buffer,
  headers: Record<string, string>,
  url: string,
  remoteAddress = '127.0.0.1',
) {
  const bodiless = route.method === 'GET' || route.method === 'HEAD';
  const { 'content-type': type, ...others } = headers;
  const response = await whole.app.inject({
    // The framework's own list of methods is wider than what inject names.
    method: route.method as 'GET',
    url,
    remoteAddress,
    headers: bodiless || type === undefined || type === '' ? others : headers,
    ...(bodiless ? {} : { payload: body }),
  });
  const shown = `${route.method} ${url.slice(0, 200)} → ${response.statusCode} ${response.body.slice(0, 300)}`;
  if (response.statusCode >= 500) throw new Error(`a server error: ${shown}`);
  for (const secret of Object.values(secrets))
    if (response.body.includes(secret) || JSON.stringify(response.headers).includes(secret))
      throw new Error(`shows a secret: ${shown}`);
  return { status: response.statusCode, shown };
}

/** HEAD does what GET does, without the answer. */
function casesFor(group: RouteGroup, route: Route): number {
  const equal = routesOf(group).filter(({ method }) => method !== 'HEAD').length;
  const wanted = casesPerGroup * (group.share ?? 1);
  return route.method === 'HEAD' ? leastPerRoute : Math.max(leastPerRoute, Math.ceil(wanted / equal / 2));
}

test('R-1225 every route there is belongs to one group that is attacked below', () => {
  expect(whole.routes.length).toBeGreaterThan(15);
  // A route made on the app itself, and not by a plugin, would be missing from the list of routes that is attacked.
  const printed = [...whole.app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)/g)];
  expect(printed.flatMap(([, methods = '']) => methods.split(', '))).toHaveLength(whole.routes.length);
  const groupsOf = whole.routes.map(({ method, url }) => ({
    route: `${method} ${url}`,
    groups: routeGroups.filter((group) => group.matches(url)).map(({ name }) => name),
  }));
  expect(groupsOf.filter(({ groups }) => groups.length !== 1)).toEqual([]);
  expect(routeGroups.filter((group) => routesOf(group).length === 0)).toEqual([]);
});

describe.each(routeGroups.map((group) => [group.name, group] as const))('%s', (_name, group) => {
  const attack = async (
    authenticated: boolean,
    judge: (before: Effects, after: Effects, status: number, shown: string) => void,
  ): Promise<void> => {
    const counts: Record<string, number> = {};
    for (const route of routesOf(group))
      await fc.assert(
        fc.asyncProperty(
          fc.array(awkwardText, { minLength: 1, maxLength: 3 }),
          query,
          hostileHeaders,
          hostileBody(group.samples),
          wrongCredential,
          fc.boolean(),
          async (values, asked, headers, body, wrong, plain) => {
            const own = authenticated
              ? (group.credentials?.(body) ?? {})
              : { authorization: wrong, 'x-hub-signature': wrong, 'x-crmjira-key': wrong };
            const before = await whole.effects();
            const { status, shown } = await send(
              route,
              body,
              { ...headers, ...own },
              addressOf(group, route, values, asked, plain),
              authenticated ? undefined : '203.0.113.9',
            );
            judge(before, await whole.effects(), status, shown);
            counts[`${route.method} ${route.url}`] = (counts[`${route.method} ${route.url}`] ?? 0) + 1;
          },
        ),
        { numRuns: casesFor(group, route) },
      );
    expect(Object.keys(counts)).toHaveLength(routesOf(group).length);
    for (const each of Object.values(counts)) expect(each).toBeGreaterThanOrEqual(leastPerRoute);
    if (process.env['FUZZ_REPORT'] !== undefined) console.log(group.name, authenticated, counts);
  };

  test('R-1225 R-1407 hostile input of anybody: no server error, no secret, no effect', async () => {
    await attack(false, (before, after, status, shown) => {
      // Keys of tokens may be asked for: that is how a token of nobody is told from one of somebody.
      const keys = whole.asked.slice(before.asked).filter(({ url }) => url === '/keys').length;
      if (JSON.stringify({ ...after, asked: after.asked - keys }) !== JSON.stringify(before))
        throw new Error(`has an effect (${JSON.stringify([before, after])}): ${shown}`);
      if (group.credentials !== null && status < 400) throw new Error(`is let through: ${shown}`);
    });
  }, 180_000);

  if (group.credentials === null) return;

  test('R-1225 R-1407 hostile input of somebody who may: no server error, no secret, and what is refused has no effect', async () => {
    const statuses = new Set<number>();
    await attack(true, (before, after, status, shown) => {
      statuses.add(status);
      const kept = { deliveries: after.deliveries - before.deliveries, jobs: after.jobs - before.jobs };
      if (status >= 400 && (kept.deliveries !== 0 || kept.jobs !== 0)) throw new Error(`is refused and kept: ${shown}`);
      if (after.asked - before.asked > 4) throw new Error(`asks Jira ${after.asked - before.asked} times: ${shown}`);
    });
    // Not everything is refused for the same reason: the attack gets past the door.
    expect(statuses.size).toBeGreaterThan(group.name === 'metrics' ? 0 : 1);
  }, 180_000);
});

test('R-1212 whatever was sent, Jira was asked for its own addresses only, and with the service’s credentials', () => {
  const foreign = whole.asked.filter(
    ({ url }) =>
      url !== '/keys' && (!/^\/rest\/[\w./%-]+(\?|$)/.test(url) || /\.\.|%2f|%5c|\/\//i.test(url.split('?')[0] ?? '')),
  );
  expect(foreign).toEqual([]);
  expect(whole.asked.filter(({ url }) => url !== '/keys').length).toBeGreaterThan(20);
  expect(new Set(whole.asked.filter(({ url }) => url !== '/keys').map(({ authorization }) => authorization)).size).toBe(
    1,
  );
});

test('R-1225 an address that there is not has no effect, whatever the method', async () => {
  const before = await whole.effects();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
      awkwardText,
      async (method, text) => {
        const url = `/${encoded(text)}`;
        const response = await whole.app.inject({ method: method as 'GET', url });
        expect([400, 404, 405, 414]).toContain(response.statusCode);
      },
    ),
    { numRuns: 500 },
  );
  expect(await whole.effects()).toEqual(before);
});

test('R-1618 nothing of all this put a secret into the log', () => {
  expect(whole.leaks).toEqual([]);
});
