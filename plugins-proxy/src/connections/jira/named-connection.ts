import { IntegrationError } from '../../platform/errors/integration-error';
import type { JiraConnection } from './jira-connection';
import type { JiraConnections } from './jira-connections';

type Connections = Pick<JiraConnections, 'all' | 'broken' | 'refresh'>;

const refused = (says: string, code: string, status: number): IntegrationError =>
  new IntegrationError(says, { code, errorClass: 'permanent', status });

function find({ all, broken }: Connections, named: string): JiraConnection | undefined {
  const wanted = named.trim().toLowerCase();
  const isMeant = ({ id, name }: { readonly id: string; readonly name: string }): boolean =>
    id === wanted || name.trim().toLowerCase() === wanted;
  const [found, another] = all().filter(isMeant);
  if (another !== undefined)
    throw refused(
      'Two Jira connections have this name; use the id of the one that is meant.',
      'connection-unclear',
      409,
    );
  const unusable = broken().find(isMeant);
  if (found === undefined && unusable !== undefined) throw unusable.error;
  return found;
}

/**
 * The connection with an id or name; one that is not known is looked for in Dynamics first.
 * @throws IntegrationError with status 404 where there is none, or what is wrong with it
 */
export async function namedConnection(jira: Connections, named: string): Promise<JiraConnection> {
  const known = find(jira, named);
  if (known !== undefined) return known;
  await jira.refresh();
  const found = find(jira, named);
  if (found !== undefined) return found;
  const there = jira.all().map(({ id, name }) => `${name} (${id})`);
  throw refused(
    `There is no active Jira connection with this name or id. Those that there are: ${there.join(', ')}.`,
    'connection-not-found',
    404,
  );
}
