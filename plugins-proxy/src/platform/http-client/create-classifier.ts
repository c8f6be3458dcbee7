import { IntegrationError } from '../errors/integration-error';
import { redactNothing } from '../log/redact';
import { isJson } from './is-json';
import type { ProviderName } from './provider-name';
import { readRetryAfter } from './read-retry-after';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What an answer means to a provider. */
export interface Classifier {
  /** Whether it holds what was asked for. */
  readonly isData: (answer: Answer) => boolean;
  /**
   * The error behind an answer that does not (R-1401).
   * @param redact cuts known secrets out of the product's words, before they are shortened
   */
  readonly errorOf: (answer: Answer, now: number, redact?: (text: string) => string) => IntegrationError;
}

/** What a provider says when it refuses. */
export interface Refused {
  readonly sentences: readonly string[];
  /** field → its words */
  readonly fields?: Readonly<Record<string, string>>;
}

/** How a provider's answers differ from those of others. */
export interface Dialect {
  /** Reads the body of a refusal; throws or gives nothing where it is of another form. */
  readonly readRefusal: (body: unknown) => Refused;
  /** Whether an answer was given to nobody in particular although we signed in. */
  readonly isAnonymous?: (answer: Answer) => boolean;
}

/** Longest text of a provider that is taken over into a sentence, in characters. */
const quotedLength = 600;

/** A provider's own error for the caller that must tell fields apart (a taken key, a taken name). */
export class Refusal extends IntegrationError {
  constructor(
    message: string,
    code: string,
    status: number,
    /** field → the provider's words */
    readonly fields: Readonly<Record<string, string>>,
  ) {
    super(message, { code, errorClass: 'permanent', status });
    this.name = 'Refusal';
  }
}

/** Something that is not there, or not for us to see. */
export class Absence extends IntegrationError {
  constructor(
    message: string,
    code: string,
    /** in the provider's words; empty where it gave none */
    readonly words: string,
  ) {
    super(message, { code, errorClass: 'permanent', status: 404 });
    this.name = 'Absence';
  }
}

/** True for HTML and other pages that proxies, gateways and sign-in pages send instead of JSON. */
const isPage = ({ text, headers }: Answer): boolean => text !== '' && !isJson(headers['content-type']);

/** Seconds to wait stand in the header; the sentence says what a person can do. */
const transientSentences: Readonly<Record<number, string>> = {
  408: 'took too long to answer; it is tried again.',
  425: 'was not ready yet; it is tried again.',
  429: 'asked to slow down (rate limit); it is tried again.',
};

/**
 * A classifier of what every REST product behind proxies and gateways answers; its words are read by the provider's dialect. Wrong
 * credentials are told apart from a missing right, as the person who must act is another one.
 */
export function createClassifier(provider: ProviderName, { readRefusal, isAnonymous }: Dialect): Classifier {
  const { name, setting } = provider;
  const code = (what: string): string => `${provider.codePrefix}-${what}`;
  const isNobodys = isAnonymous ?? (() => false);
  const refusedBy = ({ text }: Answer): Refused => {
    try {
      return readRefusal(JSON.parse(text));
    } catch {
      // Whatever it is, it says nothing that a person could use.
      return { sentences: [] };
    }
  };
  return {
    isData: (answer) => answer.status < 300 && !isPage(answer) && !isNobodys(answer),
    errorOf: (answer, now, redact = redactNothing) => {
      const { status } = answer;
      const anonymous = isNobodys(answer);
      const { sentences, fields = {} } = refusedBy(answer);
      const ofFields = Object.entries(fields).map(([field, itsWords]) => `${field}: ${itsWords}`);
      const said = isPage(answer) ? '' : [...sentences, ...ofFields].join(' ');
      // Half a secret is not recognised: redacted before it is cut.
      const words = redact(said).slice(0, quotedLength);
      const quoted = words === '' ? '' : ` ${name} says: ${words}`;
      const retryAfterMs = readRetryAfter(answer.headers, now);
      if (status < 400 && !anonymous)
        return new IntegrationError(
          `${name} answered with a web page instead of data: a sign-in page or a proxy stands before it. Check ${setting} and the credentials.`,
          { code: code('page'), errorClass: 'configuration', status },
        );
      if (status === 401 || (anonymous && status < 500))
        return new IntegrationError(
          `${name} refused the credentials of the integration account. Renew its token and store the new one.`,
          // What was answered to nobody tells by its status what stood before it: a CAPTCHA (403) is no wrong token.
          { code: code('credentials'), errorClass: 'configuration', status },
        );
      if (status === 403)
        return new IntegrationError(`The integration account may not do this in ${name}.${quoted}`, {
          code: code('forbidden'),
          errorClass: 'configuration',
          status,
        });
      // The product says what is missing in JSON. Taken for its word, a gateway's page during a restart would say that a project is gone.
      if (status === 404 && isPage(answer))
        return new IntegrationError(
          `In place of ${name} something answered with a web page that says that nothing is there (404); it is tried again. If that goes on, check ${setting} and what stands before it.`,
          { code: code('page'), errorClass: 'transient', status },
        );
      if (status === 404)
        return new Absence(
          `${name} does not have this, or the account may not see it.${quoted}`,
          code('not-found'),
          words,
        );
      const transient = transientSentences[status];
      if (transient !== undefined || status >= 500)
        return new IntegrationError(
          `${name} ${transient ?? `is not available just now (${status}); it is tried again.`}`,
          {
            code: code(status === 429 ? 'rate-limit' : 'unavailable'),
            errorClass: 'transient',
            status,
            ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          },
        );
      const sentence =
        words === '' ? `${name} refused the request (${status}).` : `${name} refused the request: ${words}`;
      const redacted = Object.entries(fields).map(([field, itsWords]) => [field, redact(itsWords)]);
      return new Refusal(sentence, code('refused'), status, Object.fromEntries(redacted));
    },
  };
}
