import { requireFound } from '../../connections/providers/provider';
import type { Session } from '../session';
import { type Check, ok } from './check';

const title = (name: string): string => `Jira connection ${name}`;

/** One check for each connection beside the first: whether its test passes, or why it cannot be used. Reads the rows. */
export async function furtherConnections({ jira }: Pick<Session, 'jira'>): Promise<readonly Check[]> {
  const unread = await jira.refresh().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (unread !== null)
    return [
      {
        id: 'connections',
        title: 'Further Jira connections',
        needs: ['who-am-i'],
        remedy: 'Let the application user read the connections (crmjira_integration) and their providers.',
        look: () => Promise.reject(unread.error),
      },
    ];
  const remedyOf = (name: string): string =>
    `Open the connection "${name}" in Dynamics and correct it. "crmjira doctor --connection <name>" examines it.`;
  const usable = jira.all().flatMap((connection): readonly Check[] => {
    const { id, name, provider, site } = connection;
    if (connection === jira.first) return [];
    const look = async () => ok(`${requireFound(await provider.test()).account.displayName} at ${site.url}`);
    return [{ id: `connection-${id}`, title: title(name), remedy: remedyOf(name), look }];
  });
  const broken = jira.broken().map(({ id, name, error }): Check => ({
    id: `connection-${id}`,
    title: title(name),
    remedy: remedyOf(name),
    look: () => Promise.reject(error),
  }));
  return [...usable, ...broken];
}
