import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { derivedId, DirectoryState } from '@crmjira/domain';
import { company, group, groupDn, ldif, person, personDn } from '../plugins-proxy/clients/directory/slapd';

/** A company of the size that must be coped with. */
export const PEOPLE = 100_000;
export const GROUPS = 5_000;
export const TEAMS = 200;
const GROUP_SIZE = 40;
/** 300 who come into a team, 100 who leave one, 100 who have moved within the directory. */
export const CHANGES = { added: 300, removed: 100, moved: 100 } as const;

export const integrationId = derivedId('directory of the bench');
export const teamId = (at: number): string => derivedId('team', String(at));
const userId = (at: number): string => derivedId('user', String(at));
export const entryId = (at: number): string => derivedId('entry', String(at));
const nameOf = (at: number): string => `p${at}`;
const memberOf = (groupAt: number, at: number): number => (groupAt * GROUP_SIZE + at * 7) % PEOPLE;

/** The directory, with ids that Dynamics knows from the run before. */
export function largeDirectory(): string {
  const people = Array.from({ length: PEOPLE }, (_none, at) => {
    const [dn, attributes] = person(nameOf(at));
    return [dn, { ...attributes, entryUUID: entryId(at) }] as const;
  });
  const groups = Array.from({ length: GROUPS }, (_none, at) =>
    group(
      `g${at}`,
      Array.from({ length: GROUP_SIZE }, (_one, member) => personDn(nameOf(memberOf(at, member)))),
    ),
  );
  return ldif([...company, ...people, ...groups]);
}

export const mappings = Array.from({ length: TEAMS }, (_none, at) => ({
  groupDn: groupDn(`g${at}`),
  teamId: teamId(at),
}));

type Row = Readonly<Record<string, unknown>>;

function membersOf(teamAt: number): readonly Row[] {
  const lacking = teamAt < CHANGES.added / 3 ? 3 : 0;
  const extra = teamAt < CHANGES.removed ? [PEOPLE - 1 - teamAt] : [];
  const members = Array.from({ length: GROUP_SIZE - lacking }, (_none, at) => memberOf(teamAt, at));
  return [...members, ...extra].map((at) => ({ systemuserid: userId(at) }));
}

/** Rows of one page of a collection; null: there is no such row. */
const rowsOf: Readonly<Record<string, (at: number) => Row | null>> = {
  systemusers: (at) =>
    at >= PEOPLE
      ? null
      : {
          systemuserid: userId(at),
          domainname: `${nameOf(at)}@company.com`,
          internalemailaddress: `${nameOf(at)}@company.com`,
          isdisabled: false,
        },
  crmjira_directory_persons: (at) =>
    at >= PEOPLE
      ? null
      : {
          crmjira_directory_id: entryId(at),
          crmjira_dn: at < CHANGES.moved ? `uid=${nameOf(at)},ou=Before,dc=company,dc=com` : personDn(nameOf(at)),
          crmjira_upn: null,
          _crmjira_user_value: userId(at),
          crmjira_state: DirectoryState.Matched,
        },
  roles: () => null,
};

const pageSize = 500;

/** Dataverse as far as a run of a directory reads and writes it; `written` counts members and rows. */
export async function largeDynamics(): Promise<{ url: string; written: () => number; close: () => void }> {
  let written = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const path = url.pathname.slice('/api/data/v9.2/'.length);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    if (path.startsWith('$batch')) {
      const writes = body.match(/^PATCH /gmu)?.length ?? 0;
      written += writes;
      const one =
        '--changesetresponse_c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n';
      response.setHeader('content-type', 'multipart/mixed; boundary=batchresponse_b');
      response.end(
        `--batchresponse_b\r\nContent-Type: multipart/mixed; boundary=changesetresponse_c\r\n\r\n${one.repeat(writes)}--changesetresponse_c--\r\n--batchresponse_b--\r\n`,
      );
      return;
    }
    if (request.method === 'POST') {
      written += body.match(/"systemuserid"/gu)?.length ?? 0;
      response.statusCode = 204;
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    const [, team, association] = /^teams\(([^)]+)\)\/(\w+)$/u.exec(path) ?? [];
    if (team !== undefined) {
      const at = mappings.findIndex((one) => one.teamId === team);
      response.end(JSON.stringify({ value: association === 'teammembership_association' ? membersOf(at) : [] }));
      return;
    }
    if (path === 'teams') {
      const asked = mappings.flatMap((one, at) =>
        url.search.includes(one.teamId)
          ? [{ teamid: one.teamId, name: `Team ${at}`, teamtype: 0, isdefault: false }]
          : [],
      );
      response.end(JSON.stringify({ value: asked }));
      return;
    }
    const first = Number(url.searchParams.get('from') ?? '0');
    const value = Array.from({ length: pageSize }, (_none, at) => rowsOf[path]?.(first + at) ?? null).filter(
      (row) => row !== null,
    );
    url.searchParams.set('from', String(first + pageSize));
    response.end(
      JSON.stringify({
        value,
        ...(value.length < pageSize
          ? {}
          : { '@odata.nextLink': `http://${request.headers.host ?? ''}${url.pathname}${url.search}` }),
      }),
    );
  };
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, written: () => written, close: () => server.close() };
}
