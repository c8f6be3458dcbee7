import { z } from 'zod';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { redactNothing } from '../../platform/log/redact';
import { readRetryAfter } from '../../platform/http-client/read-retry-after';

/** What dynamics-web-api throws: the parsed error with status and headers; inside a batch the error is one level deeper. */
const thrown = z.object({
  status: z.number(),
  code: z.union([z.string(), z.number()]).optional(),
  message: z.string().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional()).optional(),
  error: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
});

/** Words of Dataverse taken into a sentence, in characters. */
const quotedLength = 600;

/** Statuses that say enough without a word: whoever gave them, what helps is the same. */
const toldByStatus: ReadonlySet<number> = new Set([401, 408, 409, 412, 429]);

/** How Dataverse names a table or a column that it does not have: in a query, in an address, in a row to be written. */
const schemaGap =
  /Could not find a property named|Resource not found for the segment|does not exist on type|An undeclared property/i;

/** Code of the platform as it stands in the lists of its documentation, e.g. `0x80050201`; some answers carry it as a signed number. */
function hexadecimal(code: string | number): string {
  const number = Number(code);
  return Number.isInteger(number) ? `0x${(number >>> 0).toString(16).padStart(8, '0')}` : String(code).toLowerCase();
}

/**
 * The platform's own code behind an error of `classifyDataverseError`, which is the same in every language; null where there is none.
 * Source: learn.microsoft.com, "Web service error codes". Pure.
 */
export function platformCode(error: IntegrationError): string | null {
  const parsed = thrown.safeParse(error.cause);
  const code = parsed.success ? (parsed.data.error?.code ?? parsed.data.code) : undefined;
  return code === undefined ? null : hexadecimal(code);
}

/** Told to an administrator like any other address that does not lead to Dataverse, and tried again: nothing is given up for it at once. */
export const pageInstead = (): IntegrationError =>
  new IntegrationError(
    'Dataverse answered with a web page instead of data: a sign-in page or a proxy stands before it. Check DATAVERSE_URL.',
    { code: 'dataverse-unavailable', errorClass: 'configuration' },
  );

/**
 * A refusal without a code of Dataverse's: a forward proxy of the environment that opens no tunnel, or a firewall. 407 is never a server's.
 */
const refusedOnTheWay = (status: 403 | 407): IntegrationError =>
  new IntegrationError(
    status === 407
      ? 'The proxy before Dataverse asks who is calling (407). Give its address in https_proxy a user and password, or let this service through without.'
      : 'Something before Dataverse refused the call (403): the proxy of https_proxy or a firewall. Let this service through to the host of DATAVERSE_URL.',
    { code: 'dataverse-unavailable', errorClass: 'configuration', status },
  );

/**
 * The error behind a failed call to Dataverse (R-1401). 412 is named apart: the caller decides whether it means "done already" or
 * "read again".
 * @param redact cuts known secrets out of Dataverse's words, before they are shortened
 */
export function classifyDataverseError(
  error: unknown,
  now: number,
  redact: (text: string) => string = redactNothing,
): IntegrationError {
  // A failed batch comes as a list that holds the error of its first failing part.
  const single: unknown = Array.isArray(error) ? error.find((part) => part instanceof Error) : error;
  // From before the call, such as a sign-in that was refused: it has a status as well, and that is not Dataverse's.
  if (single instanceof IntegrationError) return single;
  const parsed = thrown.safeParse(single);
  if (!parsed.success) return classifyError(single, 'Dataverse');
  const { status, headers } = parsed.data;
  // Dataverse's own refusals carry a code; what comes without is the page of something in between, and no words of Dataverse.
  const isItsOwn = (parsed.data.error?.code ?? parsed.data.code) !== undefined;
  if (!isItsOwn && (status === 403 || status === 407)) return refusedOnTheWay(status);
  if (!isItsOwn && status >= 300 && status < 500 && !toldByStatus.has(status)) return pageInstead();
  const words = isItsOwn ? redact(parsed.data.error?.message ?? parsed.data.message ?? '').slice(0, quotedLength) : '';
  const retryAfterMs = readRetryAfter(headers ?? {}, now);
  const as = (code: string, errorClass: IntegrationError['errorClass'], message: string): IntegrationError =>
    new IntegrationError(message, {
      code,
      errorClass,
      status,
      cause: single,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  // No row's fault and nobody's to wait out: an administrator renamed or removed it, or the solution is older than the service.
  if ((status === 400 || status === 404) && schemaGap.test(words))
    return as(
      'dataverse-refused',
      'configuration',
      `Dataverse lacks a table or column of the solution. Import the solution of this version, or restore what was renamed or removed. Dataverse says: ${words}`,
    );
  if (status === 412 || status === 409)
    return as('dataverse-precondition', 'transient', `A row has changed meanwhile: ${words}`);
  if (status === 401)
    return as('dataverse-token', 'transient', 'Dataverse did not accept the access token; a new one is fetched.');
  if (status === 403)
    return as('dataverse-forbidden', 'configuration', `The application user may not do this in Dataverse: ${words}`);
  if (status === 404) return as('dataverse-not-found', 'permanent', `Dataverse does not have this: ${words}`);
  if (status === 429)
    return as('dataverse-limit', 'transient', 'Dataverse asked to slow down (service protection); it is tried again.');
  if (status >= 500 || status === 408)
    return as(
      'dataverse-unavailable',
      'transient',
      `Dataverse is not available just now (${status}); it is tried again.`,
    );
  return as('dataverse-refused', 'permanent', `Dataverse refused the request: ${words}`);
}
