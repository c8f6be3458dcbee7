import { z } from 'zod';
import { expression, serviceSettings, serviceUrl, withoutSecrets } from '../web-service/service-settings';

const inAddress = z.string().max(2000).refine(withoutSecrets, 'no secret in an address: use a header');
const path = inAddress.refine((text) => text.startsWith('/') && !text.startsWith('//'), 'begins with one /');

const write = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH']),
    /** `{id}` is the record's. */
    path,
    /** `{value:<path of a mapping>}` is filled in; empty: an object of the mapped values that go there. */
    body: z.string().max(20_000).default(''),
  })
  .nullable()
  .default(null);

/** Settings of one REST service (R-1608), as `crmjira_config` holds them. */
export const restSettings = z
  .strictObject({
    /** Empty texts here and below: not entered yet, as in a draft; `openRest` says what is lacking. */
    url: serviceUrl.or(z.literal('')),
    method: z.enum(['GET', 'POST']).default('GET'),
    path: path.default('/'),
    /** One whose value is empty when it is filled in is left out. */
    query: z
      .array(z.strictObject({ name: z.string().min(1).max(100).refine(withoutSecrets), value: inAddress }))
      .max(50)
      .default([]),
    body: z.string().max(20_000).default(''),
    signIn: z.enum(['none', 'basic', 'bearer', 'api-key', 'oauth', 'certificate']).default('none'),
    apiKeyHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/)
      .default('X-Api-Key'),
    tokenUrl: serviceUrl.or(z.literal('')).default(''),
    clientId: z.string().max(500).default(''),
    scope: z.string().max(1000).default(''),
    /** How the client proves itself to the token endpoint: Basic, or in the form that it sends. */
    clientAuthentication: z.enum(['header', 'body']).default('header'),
    paging: z.enum(['none', 'page', 'offset', 'next', 'link', 'cursor']).default('none'),
    /** Of paging by page: the number of the first. */
    firstPage: z.int().min(0).max(1).default(1),
    pageSize: z.int().min(1).max(1000).default(100),
    /** JSONata of the list in an answer; empty: the answer itself. */
    records: expression.default(''),
    /** JSONata of the link (`next`) or cursor (`cursor`) of the page that follows. */
    next: expression.default(''),
    /** JSONata of a record's identifier; empty: what the key mapping reads. */
    id: expression.default(''),
    create: write,
    update: write,
    ...serviceSettings,
  })
  .refine(({ certificate, key }) => (certificate === '') === (key === ''), { path: ['key'], error: 'both or neither' });

/** Settings of one REST service, checked. */
export type RestSettings = z.output<typeof restSettings>;
