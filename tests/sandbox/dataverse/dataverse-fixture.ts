import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  createDataverse,
  profileMember,
  rootBusinessUnitId,
  type Dataverse,
  type DataverseOptions,
  type SeedRow,
} from '../../../sandbox/src/dataverse';

const issuer = 'http://localhost:4110/72f988bf-0000-4000-8000-000000000001/';
const publicUrl = 'http://localhost:4110';

export const ids = {
  administrator: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02',
  salesRep: '87654321-abcd-ef12-3456-7890abcdef12',
  service: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1aff',
  stranger: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a09',
  account: '12345678-90ab-cdef-1234-567890abcdef',
  contact: '12345678-90ab-cdef-1234-567890abcd01',
  opportunity: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  dollar: '12345678-90ab-cdef-1234-0000000000cd',
  queue: '12345678-90ab-cdef-1234-0000000000aa',
} as const;

export const now = new Date('2025-01-15T14:00:00.789Z');

const unit = { table: 'businessunit', id: rootBusinessUnitId };
const user = (id: string, firstname: string, lastname: string, more: Record<string, unknown>): SeedRow => ({
  table: 'systemuser',
  row: { systemuserid: id, firstname, lastname, businessunitid: unit, ...more },
});

export const people: readonly SeedRow[] = [
  user(ids.administrator, 'Ada', 'Singh', {
    domainname: 'admin@company.com',
    internalemailaddress: 'admin@company.com',
    azureactivedirectoryobjectid: ids.administrator,
  }),
  user(ids.salesRep, 'Olivia', 'Owens', {
    domainname: 'opportunity.owner@company.com',
    internalemailaddress: 'opportunity.owner@company.com',
  }),
  user(ids.service, '', 'Integration', {
    domainname: 'integration',
    applicationid: '22222222-2222-4222-8222-222222222222',
  }),
  user(ids.stranger, 'No', 'Role', { domainname: 'no.role@company.com' }),
];

export const business: readonly SeedRow[] = [
  {
    table: 'transactioncurrency',
    row: {
      transactioncurrencyid: ids.dollar,
      currencyname: 'US Dollar',
      isocurrencycode: 'USD',
      currencysymbol: 'US$',
      exchangerate: 0.8,
    },
  },
  { table: 'queue', row: { queueid: ids.queue, name: 'Budget alerts', emailaddress: 'alerts@company.com' } },
  {
    table: 'contact',
    row: { contactid: ids.contact, firstname: 'Rene', lastname: 'Valdes', emailaddress1: 'rene@example.com' },
  },
  {
    table: 'account',
    row: { accountid: ids.account, name: 'Acme Corp', primarycontactid: { table: 'contact', id: ids.contact } },
  },
  {
    table: 'opportunity',
    row: {
      opportunityid: ids.opportunity,
      name: 'Digital Transformation',
      customerid: { table: 'account', id: ids.account },
      ownerid: { table: 'systemuser', id: ids.salesRep },
      budgetamount: 250000,
      estimatedvalue: 275000,
    },
  },
];

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Parsed body; `any` on purpose: tests say what they expect of it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

export interface Fixture {
  readonly dataverse: Dataverse;
  /** Requests as the administrator; `as` names another user by UPN or an application id. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>, as?: string): Promise<Answer>;
  token(who: string, claims?: Record<string, unknown>): Promise<string>;
}

const keys = generateKeyPair('ES256');

/** A Dataverse with four users, an account, a contact and an opportunity, at a fixed time. */
export async function startDataverse(options: Partial<DataverseOptions> = {}): Promise<Fixture> {
  const { privateKey, publicKey } = await keys;
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  const dataverse = await createDataverse({
    stateFile: ':memory:',
    publicUrl,
    entra: { issuer, jwks: { keys: [jwk] } },
    clock: () => now,
    webhookRetryAfter: 1,
    ...options,
  });
  if (dataverse.isEmpty()) {
    const role = (userId: string, name: string): SeedRow => ({
      table: 'systemuserroles',
      row: { systemuserid: userId, roleid: dataverse.roleId(name) },
    });
    const profile = (id: string, name: string): SeedRow =>
      profileMember(dataverse.profileId(name) ?? name, { table: 'systemuser', id });
    await dataverse.seed([
      ...people,
      role(ids.administrator, 'System Administrator'),
      role(ids.salesRep, 'Salesperson'),
      role(ids.salesRep, 'CRM-JIRA Integration User'),
      role(ids.service, 'CRM-JIRA Integration Service'),
      profile(ids.salesRep, 'CRM-JIRA Integration Columns: Readers'),
      profile(ids.service, 'CRM-JIRA Integration Columns: Service'),
      ...business,
    ]);
  }
  const token = (who: string, claims: Record<string, unknown> = {}): Promise<string> => {
    const at = Math.floor(now.getTime() / 1000);
    const identity = who.includes('@') ? { upn: who, appid: '51f81489-12ee-4a9e-aaae-a2591f45987d' } : { appid: who };
    const standard = { iss: issuer, aud: publicUrl, iat: at, exp: at + 3600 };
    return new SignJWT({ ...standard, ...identity, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .sign(privateKey);
  };
  const tokens = new Map<string, Promise<string>>();
  return {
    dataverse,
    token,
    call: async (method, path, body, headers = {}, as = 'admin@company.com') => {
      const bearer = tokens.get(as) ?? token(as);
      tokens.set(as, bearer);
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await dataverse.app.inject({
        method: method as 'GET',
        url: path.startsWith('http') ? path.replace(/^http:\/\/[^/]+/, '') : `/api/data/v9.2/${path}`,
        headers: {
          authorization: `Bearer ${await bearer}`,
          host: 'localhost:4110',
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(text === undefined ? {} : { payload: text }),
      });
      const flat = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
      const isJson = flat['content-type']?.includes('json') === true;
      return {
        status: response.statusCode,
        headers: flat,
        text: response.body,
        json: isJson && response.body !== '' ? response.json() : undefined,
      };
    },
  };
}
