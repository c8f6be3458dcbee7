import type { Session } from '../session';

/** Whether the connection that is examined is described by its row, not by the variables of the service. */
export const isOfRow = ({ connection }: Pick<Session, 'connection'>): boolean => connection.config !== null;

/** What to do about a connection: with the variables that describe the first one, or in the row of another one. */
export const remedyFor = (session: Pick<Session, 'connection'>, variables: string, row: string): string =>
  isOfRow(session) ? `Open the connection "${session.connection.name}" in Dynamics: ${row}` : variables;
