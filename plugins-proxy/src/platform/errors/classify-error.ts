import { ZodError } from 'zod';
import { IntegrationError } from './integration-error';

/** Node's and undici's codes of a connection that failed and may work again. */
const networkCodes = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Code of a side that cannot be reached: it waits for that side, as after a 503 of its own. */
const unreachable: ReadonlyMap<string, string> = new Map([
  ['Jira', 'jira-unavailable'],
  ['Tempo', 'tempo-unavailable'],
  ['Dataverse', 'dataverse-unavailable'],
  ['The sign-in service', 'dataverse-unavailable'],
]);

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Codes of an answer that came packed and does not unpack, whole. */
const unpackingCode = /^Z_[A-Z]+_ERROR$/;

function nameOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('name' in error)) return undefined;
  return typeof error.name === 'string' ? error.name : undefined;
}

/** What is wrong with an answer, in words of everyday; a part that is left out and one of another kind are told apart by the parser's. */
function shapeWords(issue: ZodError['issues'][number] | undefined): string {
  if (issue?.code === 'invalid_type')
    return / received undefined$/.test(issue.message) ? 'is missing' : 'something of another kind stands there';
  if (issue?.code === 'invalid_union') return 'it is none of the forms that are known';
  if (issue?.code === 'invalid_value') return 'the value is none of those that are known';
  if (issue?.code === 'invalid_format') return 'the text has an invalid format';
  return 'it does not fit';
}

/** Some messages carry a stack trace after their first line; it is for the log's `cause`, not for a person (R-1407). */
function firstLine(message: string): string {
  return message.split(/\r?\n|\s+at (?=\S+ ?\()/, 1)[0] ?? '';
}

/**
 * Turns whatever was thrown into an error with a class and a sentence. Unknown errors are transient: a bug then costs repeats
 * with growing pauses and ends in the dead letters, never in a lost change.
 * @param side who was called, for the sentence about a connection that failed
 * @param away code of a side that cannot be reached
 */
export function classifyError(
  error: unknown,
  side = 'The other side',
  away = unreachable.get(side) ?? 'network',
): IntegrationError {
  if (error instanceof IntegrationError) return error;
  const code = codeOf(error);
  if (code !== undefined && networkCodes.has(code))
    return new IntegrationError(`${side} could not be reached (${code}); it is tried again.`, {
      code: away,
      errorClass: 'transient',
      cause: error,
    });
  // The parser's own words quote the answer, and what is in that nobody knows.
  if (nameOf(error) === 'SyntaxError' || (code !== undefined && unpackingCode.test(code)))
    return new IntegrationError(`${side} gave an answer that breaks off or is not JSON; it is tried again.`, {
      code: 'unexpected-answer',
      errorClass: 'transient',
      cause: error,
    });
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const where = path === '' ? 'as a whole' : `at "${path}"`;
    return new IntegrationError(
      `${side} gave an answer of an unexpected shape ${where}: ${shapeWords(issue)}.`,
      // Whether the other side has changed or something in between has answered, nobody can tell: tried again, not given up at once.
      { code: 'unexpected-answer', errorClass: 'configuration', cause: error },
    );
  }
  const message = error instanceof Error ? firstLine(error.message) : 'unknown error';
  return new IntegrationError(`Unexpected error: ${message}`, {
    code: 'unexpected',
    errorClass: 'transient',
    cause: error,
  });
}
