import { parseSiteId } from '../../text/site-id';

/** The project that the argument of a link command means. */
export interface LinkTarget {
  /** null: the connection that the opportunity has or would get */
  readonly connectionId: string | null;
  /** key or numeric id */
  readonly project: string;
}

/** A connected Jira site. */
export interface ConnectionAddress {
  readonly id: string;
  /** null: the connection has none */
  readonly url: string | null;
}

/** A project's page: `/browse/KEY`, `/projects/KEY`, `/jira/software/c/projects/KEY/boards/1`; of an issue's page its project. */
const projectPath = /^\/(?:browse|(?:.*\/)?projects)\/([^/]+?)(?:-\d+)?(?:\/|$)/;

/** Path below the address of a site; null: the page is not one of the site. */
function pathBelow(page: URL, address: string | null): string | null {
  const site = URL.parse(address ?? '');
  if (site === null || site.host !== page.host) return null;
  const context = site.pathname.replace(/\/+$/, '');
  return context === '' || page.pathname.startsWith(`${context}/`) ? page.pathname.slice(context.length) : null;
}

function ofPage(page: URL, connections: readonly ConnectionAddress[]): LinkTarget | null {
  const [at] = connections
    .flatMap(({ id, url }) => {
      const path = pathBelow(page, url);
      return path === null ? [] : [{ connectionId: id, path }];
    })
    // The longest address: one site may lie below another one.
    .sort((one, other) => one.path.length - other.path.length);
  const project = projectPath.exec(at?.path ?? '')?.[1];
  return at === undefined || project === undefined ? null : { connectionId: at.connectionId, project };
}

/** Whether an argument is the web address of something. Pure. */
export const isWebAddress = (argument: string): boolean => /^https?:\/\//i.test(argument.trim());

/**
 * What the argument of a link command means: the key or id of a project, with a connection in front (`<connection id>/<KEY>`) or without,
 * or the project's web address. Pure.
 * @returns null: it names a site that is not connected, or no project there
 */
export function linkTarget(argument: string, connections: readonly ConnectionAddress[]): LinkTarget | null {
  const text = argument.trim();
  if (isWebAddress(text)) {
    const page = URL.parse(text);
    return page === null ? null : ofPage(page, connections);
  }
  const { connectionId, id: project } = parseSiteId(text);
  return connectionId === null || connections.some(({ id }) => id === connectionId) ? { connectionId, project } : null;
}

/** The project of an argument, as people read it: without the id of a connection. Pure. */
export const projectInWords = (argument: string): string => parseSiteId(argument.trim()).id;
