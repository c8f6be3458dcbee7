/** What a connected site names by an id or key of its own: two sites give the same ones. */
export interface SiteId {
  /** Lower case; null: none is named */
  readonly connectionId: string | null;
  readonly id: string;
}

/** Text form of such an id, in job keys and arguments of commands: `<connection>/10014`. */
export const siteIdText = (connectionId: string, id: string): string => `${connectionId}/${id}`;

const siteId = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\/(.*)$/is;

/** Takes the text form apart. Pure. */
export function parseSiteId(text: string): SiteId {
  const [, connectionId, id] = siteId.exec(text) ?? [];
  return connectionId === undefined || id === undefined
    ? { connectionId: null, id: text }
    : { connectionId: connectionId.toLowerCase(), id };
}
