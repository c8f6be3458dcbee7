import { request } from 'undici';
import { z } from 'zod';
import type { Endpoints } from '../../sandbox/src/form-host/index';
import { personaPassword } from '../../sandbox/src/form-host/index';

export const OLIVIA = { upn: 'opportunity.owner@company.com', name: 'Olivia Owens' } as const;
export const PAUL = { upn: 'project.manager@company.com', name: 'Paul Martin' } as const;
/** The application user that `/endpoints.json` hands out: reads every row. */
export const TOOLS = { upn: null } as const;

export type Row = Readonly<Record<string, unknown>>;

const token = z.object({ access_token: z.string() });
const list = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
});

/** The Web API as one person sees it. */
export interface WebApi {
  /** Every row of a query, page by page. */
  rows(path: string): Promise<readonly Row[]>;
  row(path: string): Promise<Row>;
  /** @returns the id of the new row */
  create(collection: string, columns: Row): Promise<string>;
  update(path: string, columns: Row): Promise<void>;
}

/** An access token of a person (password grant) or of the tools' application user (client credentials). */
export async function bearerOf({ dataverse }: Endpoints, who: { readonly upn: string | null }): Promise<string> {
  const grant: Record<string, string> =
    who.upn === null
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'password', username: who.upn, password: personaPassword };
  const answer = await request(dataverse.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: dataverse.clientId,
      client_secret: dataverse.clientSecret,
      scope: dataverse.scope,
      ...grant,
    }).toString(),
  });
  return token.parse(await answer.body.json()).access_token;
}

/** Signs in and speaks OData. */
export async function signIn(endpoints: Endpoints, who: { readonly upn: string | null }): Promise<WebApi> {
  const { dataverse } = endpoints;
  const bearer = await bearerOf(endpoints, who);

  async function call(method: 'GET' | 'POST' | 'PATCH', path: string, columns?: Row) {
    const url = path.startsWith('http') ? path : `${dataverse.url}${dataverse.api}${path}`;
    const reply = await request(url, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        accept: 'application/json',
        'content-type': 'application/json',
        ...(method === 'PATCH' ? { 'if-match': '*' } : {}),
      },
      body: columns === undefined ? null : JSON.stringify(columns),
    });
    const text = await reply.body.text();
    if (reply.statusCode >= 400) throw new Error(`${method} ${path}: ${reply.statusCode} ${text}`);
    return { headers: reply.headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  return {
    async rows(path) {
      const found: Row[] = [];
      for (let next: string | undefined = path; next;) {
        const page: z.infer<typeof list> = list.parse((await call('GET', next)).body);
        found.push(...page.value);
        next = page['@odata.nextLink'];
      }
      return found;
    },
    row: async (path) => z.record(z.string(), z.unknown()).parse((await call('GET', path)).body),
    async create(collection, columns) {
      const { headers } = await call('POST', collection, columns);
      const id = /\(([0-9a-f-]{36})\)/i.exec(String(headers['odata-entityid']))?.[1];
      if (!id) throw new Error(`POST ${collection} named no row.`);
      return id;
    },
    update: async (path, columns) => void (await call('PATCH', path, columns)),
  };
}
