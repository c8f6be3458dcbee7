import { z } from 'zod';
import { expression, serviceSettings, serviceUrl, withoutSecrets } from '../web-service/service-settings';

const envelope = z.string().trim().max(20_000);
const action = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\s"<>]*$/)
  .refine(withoutSecrets, 'no secret in an action');
const write = z.strictObject({ action, envelope }).nullable().default(null);

/** Settings of one SOAP service (R-1608), as `crmjira_config` holds them. */
export const soapSettings = z
  .strictObject({
    /** Empty texts here and below: not entered yet, as in a draft; `openSoap` says what is lacking. */
    url: serviceUrl.or(z.literal('')),
    version: z.enum(['1.1', '1.2']).default('1.1'),
    action: action.default(''),
    /** Its namespace prefixes are those of the XPaths. */
    envelope: envelope.default(''),
    /** Description of the service, at the same origin; empty: none is read. */
    wsdl: serviceUrl.or(z.literal('')).default(''),
    signIn: z.enum(['none', 'basic', 'ws-security', 'certificate']).default('none'),
    /** By page: `{page}` in the envelope, until a page is empty. */
    paging: z.enum(['none', 'page']).default('none'),
    /** XPath of the list in an answer; empty: the first element of its body. */
    records: expression.default(''),
    /** XPath, from a record, of its identifier; empty: what the key mapping reads. */
    id: expression.default(''),
    /** Envelopes with `{id}` and `{value:<path of a mapping>}`. */
    create: write,
    update: write,
    ...serviceSettings,
  })
  .refine(({ certificate, key }) => (certificate === '') === (key === ''), { path: ['key'], error: 'both or neither' })
  .refine(({ url, wsdl }) => wsdl === '' || url === '' || new URL(wsdl).origin === new URL(url).origin, {
    path: ['wsdl'],
    error: 'at the same origin as the service',
  });

/** Settings of one SOAP service, checked. */
export type SoapSettings = z.output<typeof soapSettings>;
