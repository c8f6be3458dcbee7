import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import { redactNothing } from '../../platform/log/redact';
import { isJson } from '../../platform/http-client/is-json';
import { readRetryAfter } from '../../platform/http-client/read-retry-after';

/** Whose API answered: Tempo Cloud speaks much as Jira does. */
export type Product = 'Jira' | 'Tempo';

/** An answer of Jira as it came over the wire. */
export interface JiraAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Part by part: some answers have `errors` as a list or nested, and what else they say is not lost for it. */
const errorBody = z.object({
  errorMessages: z.array(z.string()).optional().catch(undefined),
  errors: z.record(z.string(), z.string()).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  errorMessage: z.string().optional().catch(undefined),
});

/** Longest text of Jira that is taken over into a sentence, in characters. */
const quotedLength = 600;

/** Jira's own error for the caller that must tell fields apart (a taken key, a taken name). */
export class JiraRefusal extends IntegrationError {
  constructor(
    message: string,
    status: number,
    /** field → Jira's words */
    readonly fields: Readonly<Record<string, string>>,
  ) {
    super(message, { code: 'jira-refused', errorClass: 'permanent', status });
    this.name = 'JiraRefusal';
  }
}

/** Something that is not there, or not for us to see. */
export class JiraAbsence extends IntegrationError {
  constructor(
    message: string,
    code: string,
    /** in the product's words; empty where it gave none */
    readonly words: string,
  ) {
    super(message, { code, errorClass: 'permanent', status: 404 });
    this.name = 'JiraAbsence';
  }
}

/** True for HTML and other pages that proxies, gateways and sign-in pages send instead of JSON. */
function isPage(answer: JiraAnswer): boolean {
  return answer.text !== '' && !isJson(answer.headers['content-type']);
}

function parseBody(text: string): z.output<typeof errorBody> {
  try {
    return errorBody.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Both `errorMessages` and `errors` (R-412), field names in front of the latter. Half a secret is not recognised: redacted first. */
function jiraWords(text: string, redact: (text: string) => string): string {
  const body = parseBody(text);
  const fields = Object.entries(body.errors ?? {}).map(([field, words]) => `${field}: ${words}`);
  const all = [...(body.errorMessages ?? []), body.message, body.errorMessage, ...fields].filter(Boolean);
  return redact(all.join(' ')).slice(0, quotedLength);
}

/** Seconds to wait stand in the header; the sentence says what a person can do. */
const transientSentences: Readonly<Record<number, string>> = {
  408: 'took too long to answer; it is tried again.',
  425: 'was not ready yet; it is tried again.',
  429: 'asked to slow down (rate limit); it is tried again.',
};

/**
 * Whether an answer was given to nobody in particular although we signed in: Jira answers with what anonymous people may see, often a
 * 200 with an empty list or a 404, and says so in a header only. An answer without these headers says nothing either way.
 */
export function isAnonymous(answer: JiraAnswer): boolean {
  const login = String(answer.headers['x-seraph-loginreason'] ?? '');
  return /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(login) || answer.headers['x-ausername'] === 'anonymous';
}

/**
 * The error behind an answer that is not 2xx, or not JSON (R-1401). Wrong credentials are told apart from a missing right, as the
 * person who must act is another one.
 * @param redact cuts known secrets out of the product's words, before they are shortened
 */
export function classifyJiraAnswer(
  answer: JiraAnswer,
  now: number,
  product: Product = 'Jira',
  redact: (text: string) => string = redactNothing,
): IntegrationError {
  const { status } = answer;
  const code = (what: string): string => `${product.toLowerCase()}-${what}`;
  const words = isPage(answer) ? '' : jiraWords(answer.text, redact);
  const quoted = words === '' ? '' : ` ${product} says: ${words}`;
  const retryAfterMs = readRetryAfter(answer.headers, now);
  if (status < 400 && !isAnonymous(answer))
    return new IntegrationError(
      `${product} answered with a web page instead of data: a sign-in page or a proxy stands before it. Check ${product.toUpperCase()}_URL and the credentials.`,
      { code: code('page'), errorClass: 'configuration', status },
    );
  if (status === 401 || (isAnonymous(answer) && status < 500))
    return new IntegrationError(
      `${product} refused the credentials of the integration account. Renew its token and store the new one.`,
      { code: code('credentials'), errorClass: 'configuration', status: 401 },
    );
  if (status === 403)
    return new IntegrationError(`The integration account may not do this in ${product}.${quoted}`, {
      code: code('forbidden'),
      errorClass: 'configuration',
      status,
    });
  // The product says what is missing in JSON. Taken for its word, a gateway's page during a restart would say that a project is gone.
  if (status === 404 && isPage(answer))
    return new IntegrationError(
      `In place of ${product} something answered with a web page that says that nothing is there (404); it is tried again. If that goes on, check ${product.toUpperCase()}_URL and what stands before it.`,
      { code: code('page'), errorClass: 'transient', status },
    );
  if (status === 404)
    return new JiraAbsence(
      `${product} does not have this, or the account may not see it.${quoted}`,
      code('not-found'),
      words,
    );
  const transient = transientSentences[status];
  if (transient !== undefined || status >= 500)
    return new IntegrationError(
      `${product} ${transient ?? `is not available just now (${status}); it is tried again.`}`,
      {
        code: code(status === 429 ? 'rate-limit' : 'unavailable'),
        errorClass: 'transient',
        status,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      },
    );
  const sentence =
    words === '' ? `${product} refused the request (${status}).` : `${product} refused the request: ${words}`;
  const fields = Object.entries(parseBody(answer.text).errors ?? {}).map(([field, said]) => [field, redact(said)]);
  return new JiraRefusal(sentence, status, Object.fromEntries(fields));
}
