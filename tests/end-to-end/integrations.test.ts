import { join } from 'node:path';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { rootBusinessUnitId } from '../../sandbox/src/dataverse';
import { readSecrets } from '../../sandbox/src/run/secrets';
import { seedExample } from '../../sandbox/src/run/seed-example';
import {
  bindDn,
  company,
  group,
  groupSearch,
  hasSlapd,
  ldif,
  password,
  person,
  personDn,
  startSlapd,
  suffix,
  userSearch,
} from '../plugins-proxy/clients/directory/slapd';
import { eventually } from '../plugins-proxy/eventually';
import { openPage, startBrowser } from './browser';
import { lookAs } from './look-as';
import { OLIVIA, PAUL, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

/** What an administrator may have to do until something is connected: clicks and fields. */
const MOST_ACTIONS = 25;
const TEAM = { id: '6c1f0a52-0000-4000-8000-000000000001', name: 'Sales desk' };

const unit = { table: 'businessunit', id: rootBusinessUnitId };

const localPart = ({ upn }: { readonly upn: string }): string => upn.replace('@company.com', '');
const people = [OLIVIA, PAUL].map(localPart);

type Slapd = Awaited<ReturnType<typeof startSlapd>>;
let slapd: Slapd | null = null;
let sandbox: SandboxUnderTest;
let browser: Browser;
let tools: WebApi;

beforeAll(async () => {
  slapd = hasSlapd
    ? await startSlapd(ldif([...company, ...people.map(person), group('sales', people.map(personDn))]))
    : null;
  [sandbox, browser] = await Promise.all([
    startSandbox({
      proxyEnvironment: (usual) => (slapd === null ? usual : reaching(slapd, usual)),
      seed: async (world) => {
        await seedExample(world);
        await world.dataverse.seed([
          { table: 'team', row: { teamid: TEAM.id, name: TEAM.name, businessunitid: unit } },
        ]);
      },
    }),
    startBrowser(),
  ]);
  tools = await signIn(sandbox.endpoints, TOOLS);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await slapd?.stop();
});

/** The service trusts the authority of the directory and may call it. */
const reaching = ({ tlsPort, authoritiesFile }: Slapd, usual: Readonly<Record<string, string>>) => ({
  ...usual,
  NODE_EXTRA_CA_CERTS: authoritiesFile,
  ALLOWED_PRIVATE_HOSTS: `${usual['ALLOWED_PRIVATE_HOSTS'] ?? ''},localhost:${tlsPort}`,
});

/** An administrator before the list of integrations, whose clicks and fields are counted. */
async function newAdministrator() {
  const page = await openPage(browser);
  const { formHost } = sandbox.urls;
  await lookAs(page, formHost, { persona: 'admin' });
  await page.goto(`${formHost}/main.aspx?pagetype=webresource&webresourceName=crmjira_/pages/integrations-list.html`);
  let actions = 0;
  const on = (name: string): FrameLocator => page.frameLocator(`iframe[src*="/pages/${name}.html"]`);
  const act = async (doing: Promise<unknown>): Promise<void> => {
    await doing;
    actions += 1;
  };
  const press = (frame: FrameLocator, name: string): Promise<void> =>
    act(frame.getByRole('button', { name, exact: true }).click());
  return {
    on,
    press,
    click: (what: Locator) => act(what.click()),
    fill: (field: Locator, value: string) => act(field.fill(value)),
    choose: (field: Locator, option: string) => act(field.selectOption({ label: option })),
    /** Goes on to a step; what was entered before has been accepted once it is shown. */
    next: async (frame: FrameLocator, step: string): Promise<void> => {
      await press(frame, `Next: ${step}`);
      await frame.getByRole('heading', { name: step, exact: true }).waitFor({ timeout: 120_000 });
    },
    actions: () => actions,
    /** Closes the page, on which no error was left uncaught. */
    leave: async (): Promise<void> => {
      expect(page.broke).toEqual([]);
      await page.context().close();
    },
  };
}
type Administrator = Awaited<ReturnType<typeof newAdministrator>>;

/** From the list by the menu *New integration* to its wizard. */
async function chooseNew(admin: Administrator, kind: string, wizard: string): Promise<FrameLocator> {
  const list = admin.on('integrations-list');
  await admin.click(list.getByRole('button', { name: 'New integration' }));
  await admin.click(list.getByRole('menuitem', { name: kind }));
  return admin.on(wizard);
}

/** The dashboard tells of a run that succeeded, and was no dry run. */
async function seesRun(admin: Administrator, wizard: FrameLocator, name: string): Promise<void> {
  await admin.press(wizard, 'Open the dashboard');
  const dashboard = admin.on('integrations-dashboard');
  const run = dashboard
    .getByRole('listitem')
    .filter({ hasText: name })
    .filter({ hasText: /(Manual|Scheduled), succeeded/ });
  await eventually(async () => {
    // Looking again takes nothing that has to be done.
    await dashboard.getByRole('button', { name: 'Refresh', exact: true }).click();
    await run.first().waitFor({ timeout: 5_000 });
  }, 180_000);
}

(hasSlapd ? test : test.skip)(
  'R-1602 R-1604 R-1606 R-1621 a new administrator connects an OpenLDAP, maps, tries and activates it in few actions, and its people are in the team',
  async () => {
    const admin = await newAdministrator();
    const wizard = await chooseNew(admin, 'Active Directory or LDAP', 'integration-directory');
    const field = (name: RegExp): Locator => wizard.getByLabel(name);
    await admin.fill(field(/^Server/), 'localhost');
    await admin.fill(field(/^Port/), String(slapd?.tlsPort));
    await admin.next(wizard, 'Sign-in');
    await admin.fill(field(/^Bind DN/), bindDn);
    await admin.fill(field(/^Password/), password);
    await admin.next(wizard, 'Search');
    await admin.fill(field(/^Base DN/), suffix);
    await admin.fill(field(/^User search/), userSearch);
    await admin.fill(field(/^Group search/), groupSearch);
    await admin.next(wizard, 'Mapping');
    await admin.choose(wizard.getByRole('row').filter({ hasText: 'sales' }).getByRole('combobox'), TEAM.name);
    await admin.next(wizard, 'Dry run');
    await wizard.getByRole('row').filter({ hasText: TEAM.name }).waitFor();
    await expect(membersOf(TEAM.id)).resolves.toEqual([]);

    await admin.next(wizard, 'Activate');
    await admin.click(wizard.getByRole('checkbox'));
    await admin.press(wizard, 'Activate');
    await wizard.getByText('localhost has run.').waitFor();
    await seesRun(admin, wizard, 'localhost');
    await expect(membersOf(TEAM.id)).resolves.toEqual([OLIVIA.upn, PAUL.upn].sort());
    expect(admin.actions()).toBeLessThanOrEqual(MOST_ACTIONS);
    await admin.leave();
  },
);

test('R-1602 R-1606 R-1621 a new administrator connects another Jira site in few actions and sees its run', async () => {
  const { dataCenterPat } = readSecrets(join(sandbox.stateDir, 'secrets.json'));
  const admin = await newAdministrator();
  const wizard = await chooseNew(admin, 'Jira', 'integration-jira');
  await admin.fill(wizard.getByLabel(/^Name/), 'Workshop Jira');
  await admin.fill(wizard.getByLabel(/^Base URL/), sandbox.urls.dataCenter);
  await admin.next(wizard, 'Sign-in');
  await admin.fill(wizard.getByLabel(/token/i).first(), dataCenterPat);
  await admin.next(wizard, 'Test');
  await admin.next(wizard, 'Defaults');
  await admin.choose(wizard.getByLabel(/^Project key/), 'PLANT · Plant Network Upgrade');
  // Offered as soon as the site has said what the project takes.
  await admin.choose(wizard.getByRole('combobox', { name: /^Issue type/ }), 'Task');
  await admin.next(wizard, 'Activate');
  await admin.press(wizard, 'Activate');
  await seesRun(admin, wizard, 'Workshop Jira');
  expect(admin.actions()).toBeLessThanOrEqual(MOST_ACTIONS);
  await admin.leave();
});

async function membersOf(team: string): Promise<readonly string[]> {
  const rows = await tools.rows(`teams(${team})/teammembership_association?$select=domainname`);
  return rows.map(({ domainname }) => String(domainname)).sort();
}
