import { randomUUID } from 'node:crypto';
import { AuthType, CommandState, CommandType, refusalText } from '@crmjira/domain';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { stopWorlds } from '../../world';
import { openBrowser } from './browser';
import { connections, manager, owner, type SignInWorld, startedAt, startSignInWorld } from './sign-in-world';

let world: SignInWorld;
let mine = '';

beforeAll(async () => {
  world = await startSignInWorld();
}, 120_000);
afterAll(stopWorlds, 60_000);
beforeEach(() => world.setClock(startedAt));

test('R-1802 R-1822 a person signs in with Microsoft, allows the app at Atlassian, and has a connection', async () => {
  const asked = await world.ask({ inbound: true });
  expect(asked).toMatchObject({
    state: CommandState.Done,
    result: 'Atlassian opens in a new window and asks you to allow two things: see issues, log work.',
    url: expect.stringMatching(/\/oauth\/atlassian\/start\?ticket=/),
  });
  const browser = openBrowser();
  const question = await world.toAtlassian(browser, String(asked.url));
  expect(Object.fromEntries(question.url.searchParams)).toMatchObject({
    audience: 'api.atlassian.com',
    scope: 'read:jira-work write:jira-work read:jira-user offline_access',
    redirect_uri: world.callback('atlassian'),
    response_type: 'code',
  });
  expect(await world.stored()).toEqual([[], []]);
  const end = await world.accept(browser, question);
  expect([end.status, end.text]).toEqual([200, expect.stringContaining('Connected as Olivia Owens.')]);
  expect(end.text).toContain('You can close this window.');
  mine = String(asked.connection);
  const [[row], secrets] = await world.stored();
  expect(row).toMatchObject({
    crmjira_jira_connectionid: mine,
    _crmjira_user_value: people.owner,
    _ownerid_value: people.owner,
    crmjira_jira_url: world.jiraUrl,
    crmjira_auth_type: AuthType.OAuth203Lo,
    crmjira_email: `${owner}@company.com`,
    crmjira_is_active: true,
    crmjira_inbound: true,
    crmjira_account_id: 'olivia',
    crmjira_last_test_ok: true,
  });
  expect(secrets).toHaveLength(1);
  expect(row?.['crmjira_secret_name']).toBe(secrets[0]?.['crmjira_name']);
  // Nothing of the flow stays in the browser, and no page of ours may be framed, load anything or tell where it was.
  expect([...browser.cookies.keys()]).toEqual([]);
  expect(end.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(end.headers.get('referrer-policy')).toBe('no-referrer');
});

/** Gives a command about the connection and waits for its answer. */
const give = async (type: CommandType, payload: Record<string, unknown> = {}) => {
  const id = randomUUID();
  await world.writeAs(owner, 'crmjira_commands', id, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_regarding_table: 'crmjira_jira_connection',
    crmjira_regarding_id: mine,
    crmjira_payload: JSON.stringify(payload),
  });
  return eventually(async () => {
    const row = await world.one('crmjira_commands', id);
    expect(row['crmjira_finished_on']).not.toBeNull();
    return row;
  });
};
const findIssues = () => give(CommandType.FindIssues, { text: 'anything' });
const testConnection = () => give(CommandType.TestMyConnection);
const save = async (over: Record<string, unknown> = {}) => {
  const { authType, integration } = { authType: AuthType.OAuth203Lo, integration: world.config.connectionId };
  const row = await give(CommandType.SaveMyConnection, { integration, authType, email: null, ...over });
  const { reason } = JSON.parse(String(row['crmjira_answer'])) as { readonly reason: string | null };
  return [row['crmjira_command_state'], reason];
};

test('R-1822 the connection calls Jira as the person, and goes on when its token has ended', async () => {
  expect((await findIssues())['crmjira_command_state']).toBe(CommandState.Done);
  const [before] = await world.rows('crmjira_secrets');
  world.setClock('2025-01-20T15:30:00Z');
  expect((await findIssues())['crmjira_command_state']).toBe(CommandState.Done);
  const [after] = await world.rows('crmjira_secrets');
  expect(after?.['crmjira_secretid']).toBe(before?.['crmjira_secretid']);
  expect(after?.['crmjira_ciphertext']).not.toBe(before?.['crmjira_ciphertext']);
  expect((await testConnection())['crmjira_result']).toBe('Connected as Olivia Owens. You may log work in 1 project.');
});

test('R-1822 R-1829 who has signed in chooses whether worklogs arrive; the sign-in is tested and stays', async () => {
  const [[before], secrets] = await world.stored();
  expect(before).toMatchObject({ crmjira_inbound: true });
  expect(await save({ inbound: false })).toEqual([CommandState.Done, null]);
  const [[row], after] = await world.stored();
  expect(row).toEqual(expect.objectContaining({ crmjira_inbound: false, crmjira_auth_type: AuthType.OAuth203Lo }));
  expect([row?.['crmjira_secret_name'], after]).toEqual([before?.['crmjira_secret_name'], secrets]);
  expect((await findIssues())['crmjira_command_state']).toBe(CommandState.Done);
  // A sign-in is no API token: it is shown to no site as one.
  const asToken = { authType: AuthType.ApiToken, email: `${owner}@company.com` };
  expect(await save(asToken)).toEqual([CommandState.Failed, 'no-token']);
  expect(await save({ inbound: true })).toEqual([CommandState.Done, null]);
});

test('R-1822 a sign-in that Atlassian has ended is told, and ends with signing in again', async () => {
  world.setClock('2025-01-20T17:00:00Z');
  for (const grant of world.site.grants.all()) world.site.grants.put({ ...grant, revokedOn: world.site.now() });
  const refused = await findIssues();
  expect(refused['crmjira_result']).toBe('Jira no longer accepts your sign-in. Sign in again, then try again.');
  expect(await world.one(connections, mine)).toMatchObject({
    crmjira_last_test_ok: false,
    crmjira_last_test_reason: 'sign-in-ended',
  });
  expect(await save({ inbound: false })).toEqual([CommandState.Failed, 'sign-in-ended']);
  expect((await testConnection())['crmjira_result']).toBe(
    'Atlassian no longer accepts your sign-in. Sign in with Atlassian again.',
  );
  const again = await world.ask({ connection: mine });
  expect(again.connection).toBe(mine);
  expect((await world.signIn(again.url)).status).toBe(200);
  expect(await world.one(connections, mine)).toMatchObject({ crmjira_last_test_ok: true, crmjira_inbound: true });
  expect((await findIssues())['crmjira_command_state']).toBe(CommandState.Done);
});

test('R-1822 R-1801 another person’s account at Atlassian is refused, and one that Jira names nobody’s waits for the person', async () => {
  const before = await world.stored();
  const others = await world.signIn(undefined, 'paul');
  expect(others.text).toContain(`The Atlassian account that you chose is not the one of ${owner}@company.com.`);
  expect(await world.stored()).toEqual(before);
  // Paul keeps his e-mail to himself: of a connection that has an account it is another one all the same.
  const paul = world.site.users.get('paul')!;
  world.site.users.put({ ...paul, email: '' });
  expect((await world.signIn((await world.ask({ connection: mine })).url, 'paul')).text).toContain('is not the one of');
  // Of a new one nobody can tell: it is stored, and not in use, not even when it is the only one.
  const asked = await world.ask({}, manager);
  const page = await world.signIn(asked.url, 'paul', manager);
  expect(page.text).toContain('If Paul Martin is you, choose “Use this one” under My Jira connections');
  expect(await world.one(connections, String(asked.connection))).toMatchObject({
    crmjira_is_active: false,
    crmjira_last_test_ok: true,
    crmjira_email: null,
  });
  world.site.users.put(paul);
});

test('R-1822 R-1834 a connection is signed in by its owner alone', async () => {
  expect(await world.ask({ connection: mine }, manager)).toMatchObject({
    state: CommandState.Refused,
    result: refusalText('owner', 1033),
  });
  expect(await world.ask({}, manager, mine)).toMatchObject({ state: CommandState.Refused });
});

test('R-1822 another user who opens the ticket is refused before Atlassian is asked', async () => {
  const before = await world.stored();
  const browser = openBrowser();
  const refused = await world.toAtlassian(browser, await world.begin(), manager);
  expect([refused.status, refused.text]).toEqual([
    403,
    expect.stringContaining('signed in to Microsoft as somebody else'),
  ]);
  expect(refused.passed.some(({ pathname }) => pathname === '/authorize')).toBe(false);
  expect(await world.stored()).toEqual(before);
});

test('R-1822 a ticket counts once, for ten minutes, and no other text is one', async () => {
  const url = await world.begin();
  const first = await openBrowser().open(url);
  expect(first.text).toContain('Pick an account');
  const late = await world.begin();
  world.setClock('2025-01-20T14:10:01Z');
  const start = url.replace(/\?.*/, '');
  for (const wrong of [url, late, start, `${start}?ticket=${'x'.repeat(3_999)}`, `${start}?ticket=a&ticket=b`]) {
    const { status, text } = await openBrowser().open(wrong);
    expect([status, text]).toEqual([400, expect.stringContaining('This link was used already')]);
  }
  const french = await fetch(start, { headers: { 'accept-language': 'fr-CA,fr;q=0.9' } });
  expect(await french.text()).toMatch(/<html lang="fr-CA">.*Ce lien a déjà servi/);
  // A look at the headers alone uses nothing up.
  const fresh = await world.begin();
  expect((await fetch(fresh, { method: 'HEAD' })).status).toBe(404);
  expect((await openBrowser().open(fresh)).text).toContain('Pick an account');
});

const notBegunHere = 'was not begun in this browser';

test('R-1822 what Atlassian sends back counts once, in the browser that began, within ten minutes', async () => {
  const [olivias, others] = [openBrowser(), openBrowser()];
  const back = world.callback('atlassian');
  const question = await world.toAtlassian(olivias, await world.begin());
  const { url } = await world.accept(olivias, question, 'olivia', back);
  // Of another browser: one without a flow, and one with a flow of its own.
  expect(await others.open(url)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
  await world.toAtlassian(others, await world.begin());
  expect(await others.open(url)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
  // Of another issuer, or to the address of the other half.
  const elsewhere = new URL(url);
  elsewhere.searchParams.set('iss', 'https://auth.example.com');
  expect(await olivias.open(elsewhere)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
  const otherHalf = String(url).replace(back, world.callback('entra'));
  expect(await olivias.open(otherHalf)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
  // A forged answer has not ended the true one, which counts once.
  const cookies = new Map(olivias.cookies);
  expect((await olivias.open(url)).status).toBe(200);
  for (const [name, value] of cookies) olivias.cookies.set(name, value);
  expect(await olivias.open(url)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
  // Too late.
  const slow = await world.accept(olivias, await world.toAtlassian(olivias, await world.begin()), 'olivia', back);
  world.setClock('2025-01-20T14:11:00Z');
  expect(await olivias.open(slow.url)).toMatchObject({ status: 400, text: expect.stringContaining(notBegunHere) });
});

test('R-1822 a code of somebody else does not pass at Microsoft: it belongs to another verifier', async () => {
  const [olivias, pauls] = [openBrowser(), openBrowser()];
  const back = world.callback('entra');
  const hers = await olivias.submit(
    await olivias.open(await world.begin()),
    { username: `${owner}@company.com` },
    back,
  );
  const picking = await pauls.open(await world.begin(manager));
  const his = await pauls.submit(picking, { username: `${manager}@company.com` }, back);
  const injected = new URL(his.url);
  injected.searchParams.set('code', hers.url.searchParams.get('code') ?? '');
  expect(await pauls.open(injected)).toMatchObject({
    status: 502,
    text: expect.stringContaining('Microsoft did not confirm who you are'),
  });
});

test('R-1822 nobody is led to an address that a request names', async () => {
  const url = new URL(await world.begin());
  for (const name of ['redirect_uri', 'return', 'next', 'url']) url.searchParams.set(name, 'https://evil.example.com/');
  const browser = openBrowser();
  const question = await world.toAtlassian(browser, url.href);
  expect(question.passed.map(({ hostname }) => hostname)).toEqual(question.passed.map(() => 'localhost'));
  // Both servers know the address to go back to, and take no other.
  question.url.searchParams.set('redirect_uri', 'https://evil.example.com/');
  expect((await browser.open(question.url)).status).toBe(400);
});

test('R-1822 what is not allowed, and a site that was not chosen, store nothing', async () => {
  const before = await world.stored();
  const browser = openBrowser();
  const denied = await browser.submit(await world.toAtlassian(browser, await world.begin()), {
    person: 'olivia',
    answer: 'cancel',
    site: '',
  });
  expect([denied.status, denied.text]).toEqual([400, expect.stringContaining('You did not allow it in Atlassian.')]);
  const elsewhere = await browser.submit(await world.toAtlassian(browser, await world.begin()), {
    person: 'olivia',
    answer: 'accept',
    site: 'https://another-company.atlassian.net',
  });
  expect(elsewhere.text).toContain('Your Atlassian account does not reach localhost');
  expect(await world.stored()).toEqual(before);
});

test('R-1822 no token, code or secret of a sign-in stands in a log or an address of ours', async () => {
  const browser = openBrowser();
  const tokens: string[] = [];
  world.standIns.jira.app.server.on('request', ({ headers: { authorization = '' } }) => {
    if (authorization.startsWith('Bearer ')) tokens.push(authorization.slice('Bearer '.length));
  });
  const end = await world.accept(browser, await world.toAtlassian(browser, await world.begin()));
  const brought = end.passed.flatMap(({ searchParams }) =>
    ['code', 'ticket'].flatMap((name) => searchParams.getAll(name)),
  );
  expect([brought.length, tokens.length > 1]).toEqual([3, true]);
  const lines = world.lines.join('');
  expect([...brought, ...tokens].filter((secret) => lines.includes(secret))).toEqual([]);
  expect(end.passed.filter(({ href }) => tokens.some((token) => href.includes(token)))).toEqual([]);
});
