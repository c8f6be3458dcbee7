import { randomBytes, randomUUID } from 'node:crypto';
import { CommandState, CommandType } from '@crmjira/domain';
import { eventually } from '../../eventually';
import { projectRow } from '../../jira-rows';
import { people, signInWithAtlassian } from '../../stand-ins';
import { startWorld } from '../../world';
import { type Browser, openBrowser, type Shown } from './browser';

export const [owner, manager] = ['opportunity.owner', 'project.manager'];
export const connections = 'crmjira_jira_connections';
export const startedAt = '2025-01-20T14:00:00Z';

export type SignInWorld = Awaited<ReturnType<typeof startSignInWorld>>;

/** A service whose people may sign in with Atlassian, and Olivia and Paul with accounts in Jira. */
export async function startSignInWorld(over: Record<string, string> = {}) {
  const world = await startWorld(
    startedAt,
    (standIns) => ({
      ...signInWithAtlassian(standIns['JIRA_URL'] ?? ''),
      SECRETS_KEY: randomBytes(32).toString('base64url'),
      ...over,
    }),
    { crmjira_Capabilities: 'time' },
  );
  const { jira, jiraUrl } = world.standIns;
  jira.site.addUser({ email: `${owner}@company.com`, displayName: 'Olivia Owens', accountId: 'olivia' });
  jira.site.addUser({ email: `${manager}@company.com`, displayName: 'Paul Martin', accountId: 'paul' });
  jira.site.projects.put(projectRow(1));
  const callback = (of: 'entra' | 'atlassian'): string => `${world.config.publicUrl}/oauth/${of}/callback`;

  /** Gives the command and waits for its answer. */
  async function ask(payload: Record<string, unknown> = {}, by = owner, regarding?: string) {
    const commandId = randomUUID();
    await world.writeAs(by, 'crmjira_commands', commandId, {
      crmjira_command_type: CommandType.SignInWithAtlassian,
      crmjira_command_state: CommandState.Requested,
      crmjira_payload: JSON.stringify({ integration: world.config.connectionId, ...payload }),
      ...(regarding === undefined
        ? {}
        : { crmjira_regarding_table: 'crmjira_jira_connection', crmjira_regarding_id: regarding }),
    });
    const row = await eventually(async () => {
      const found = await world.one('crmjira_commands', commandId);
      expect(found['crmjira_finished_on']).not.toBeNull();
      return found;
    });
    const answer = JSON.parse(String(row['crmjira_answer'] ?? '{}')) as {
      url?: string;
      connection?: string;
      reason?: string;
    };
    return { state: row['crmjira_command_state'], result: String(row['crmjira_result']), ...answer };
  }
  const begin = async (by = owner): Promise<string> => String((await ask({}, by)).url);

  /** From the ticket to Atlassian's question, as somebody who picks their account at Microsoft. */
  async function toAtlassian(browser: Browser, url: string, as = owner): Promise<Shown> {
    const picking = await browser.open(url);
    return browser.submit(picking, { username: `${as}@company.com` });
  }
  const accept = (browser: Browser, page: Shown, person = 'olivia', until?: string): Promise<Shown> =>
    browser.submit(page, { person, answer: 'accept', site: jiraUrl }, until);
  /** All of it; gives the page at the end. */
  async function signIn(url?: string, person = 'olivia', by = owner): Promise<Shown> {
    const browser = openBrowser();
    return accept(browser, await toAtlassian(browser, url ?? (await begin(by)), by), person);
  }

  return {
    ...world,
    jiraUrl,
    site: jira.site,
    callback,
    ask,
    begin,
    toAtlassian,
    accept,
    signIn,
    mine: async () => (await world.rows(connections)).filter((row) => row['_crmjira_user_value'] === people.owner),
    stored: () => Promise.all([world.rows(connections), world.rows('crmjira_secrets')]),
  };
}
