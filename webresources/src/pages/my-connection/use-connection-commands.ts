import { type AuthType, CommandType, commandTypeLabels, type Language } from '@crmjira/domain';
import { type Asking, useAsked } from '../platform/use-asked';
import type { Connection } from './connection-view';
import { type NotSealed, sealToken } from '../platform/seal-token';

const TABLE = 'crmjira_jira_connection';

const TYPES = {
  use: CommandType.UseConnection,
  test: CommandType.TestMyConnection,
  delete: CommandType.DeleteConnection,
  save: CommandType.SaveMyConnection,
  inbound: CommandType.SaveMyConnection,
  oauth: CommandType.SignInWithAtlassian,
  sites: CommandType.FindJiraSites,
} as const;

/** What was asked for, of which connection, with what was known then. */
export interface Kind {
  readonly what: keyof typeof TYPES;
  readonly connection: string;
  readonly host: string;
  readonly email: string | null;
  /** what was chosen, of `inbound` */
  readonly isInbound?: boolean;
}
export type AskedConnection = Asking<Kind>;

/** What somebody has entered to connect. */
export interface Entered {
  readonly connection: string;
  readonly integration: string;
  readonly host: string;
  readonly authType: AuthType;
  readonly email: string | null;
  /** empty: the stored one stays */
  readonly token: string;
}

export interface ConnectionCommands {
  readonly all: readonly AskedConnection[];
  readonly drop: (no: number) => void;
  readonly findSites: () => void;
  readonly about: (what: 'use' | 'test' | 'delete', connection: Connection) => void;
  /** @returns why nothing was asked for */
  readonly save: (entered: Entered) => Promise<NotSealed | null>;
  readonly setInbound: (connection: Connection, isInbound: boolean) => void;
  /** @param connection null: a new one */
  readonly signIn: (integration: string, host: string, connection: string | null) => void;
}

/** Asks the service about the person's own connections: people read their rows, the service alone writes them (R-1801). */
export function useConnectionCommands(language: Language, onAnswer: () => void): ConnectionCommands {
  const { all, ask, drop } = useAsked<Kind>(onAnswer);
  const send = (kind: Kind, more: { payload?: unknown; id?: string; sealed?: string } = {}): void => {
    // The answer to the same wish before is no news any more.
    for (const { no, kind: before } of all)
      if (before.what === kind.what && before.connection === kind.connection) drop(no);
    const type = TYPES[kind.what];
    const regarding = { table: TABLE, id: kind.connection };
    ask(kind, { regarding, type, name: commandTypeLabels[type][language], ...more });
  };
  const nobody = { host: '', email: null };
  return {
    all,
    drop,
    findSites: () => send({ what: 'sites', connection: crypto.randomUUID(), ...nobody }),
    about: (what, { id, host, email }) => send({ what, connection: id, host, email }),
    save: async ({ connection, integration, host, authType, email, token }) => {
      const id = crypto.randomUUID();
      const sealing: { sealed?: string } | { failure: NotSealed } =
        token === '' ? {} : await sealToken(id, host, token);
      if ('failure' in sealing) return sealing.failure;
      send({ what: 'save', connection, host, email }, { id, payload: { integration, authType, email }, ...sealing });
      return null;
    },
    setInbound: ({ id, host, email, integrationId, authType }, isInbound) =>
      send(
        { what: 'inbound', connection: id, host, email, isInbound },
        { payload: { integration: integrationId, authType, email, inbound: isInbound } },
      ),
    signIn: (integration, host, connection) =>
      send(
        { what: 'oauth', connection: connection ?? crypto.randomUUID(), host, email: null },
        { payload: { integration, ...(connection === null ? {} : { connection }) } },
      ),
  };
}
