import type { DocumentedAnswer } from '../../platform/errors/documented-answer';

/** Every refusal the relay itself gives. Answers of Jira are classified in `map-jira-answer.ts`. */
export const relayAnswers = {
  unauthenticated: {
    status: 401,
    code: 'unauthenticated',
    says: 'The token or password is missing, wrong, expired or meant for another service.',
    level: 'warn',
    counter: 'relay.refused',
  },
  forbidden: {
    status: 403,
    code: 'role-missing',
    says: 'The token is valid but carries no app role that may use the relay. An administrator assigns one in Entra.',
    level: 'warn',
    counter: 'relay.forbidden',
  },
  notAllowed: {
    status: 404,
    code: 'not-allowed',
    says: 'The relay has no such operation.',
    level: 'warn',
    counter: 'relay.not-allowed',
  },
  unknownConnection: {
    status: 404,
    code: 'connection-not-found',
    says: 'There is no active Jira connection with this id here. Its id stands on its row in Dynamics.',
    level: 'warn',
    counter: 'relay.not-allowed',
  },
  brokenConnection: {
    status: 503,
    code: 'jira-connection',
    says: 'This Jira connection cannot be used. An administrator corrects it in Dynamics; the log says what is wrong.',
    level: 'error',
  },
  connectionsUnread: {
    status: 503,
    code: 'connections-unread',
    says: 'The service has just started and does not know its Jira connections yet; wait as long as Retry-After says.',
    level: 'warn',
  },
  queryNotAllowed: {
    status: 400,
    code: 'query-not-allowed',
    says: 'A query parameter is unknown, repeated, missing or has an unexpected form.',
    level: 'warn',
  },
  tooLarge: { status: 413, code: 'too-large', says: 'The body is larger than 2 MB.', level: 'warn' },
  tooLong: { status: 414, code: 'too-long', says: 'The address is too long.', level: 'warn' },
  wrongContentType: {
    status: 415,
    code: 'wrong-content-type',
    says: 'The body must be there and be application/json.',
    level: 'warn',
  },
  rateLimited: {
    status: 429,
    code: 'rate-limited',
    says: 'Too many requests of this caller; wait as long as Retry-After says.',
    level: 'warn',
    counter: 'relay.rate-limited',
  },
  tooManyFailures: {
    status: 429,
    code: 'too-many-failures',
    says: 'Too many wrong sign-ins from this address; wait as long as Retry-After says.',
    level: 'warn',
  },
  overloaded: {
    status: 503,
    code: 'overloaded',
    says: 'Too many requests are waiting for Jira; wait as long as Retry-After says.',
    level: 'warn',
  },
  keysUnavailable: {
    status: 503,
    code: 'keys-unavailable',
    says: 'The keys for checking tokens cannot be fetched just now; try again.',
    level: 'error',
  },
  hostNotAllowed: {
    status: 503,
    code: 'host-not-allowed',
    says: 'The list of hosts that may be called does not name Jira. An administrator adds it to crmjira_EgressAllowList in Dynamics.',
    level: 'error',
  },
  budgetAddress: {
    status: 503,
    code: 'budget-source-not-available',
    says: 'The address of the budget module does not belong to this Jira. An administrator corrects it in Dynamics: crmjira_BudgetApiBaseUrl for JIRA_URL, budgetApiUrl of the connection for another Jira.',
    level: 'error',
  },
  redirected: {
    status: 502,
    code: 'jira-redirect',
    says: 'Jira answered with a redirect, which is never followed. Check JIRA_URL, or the address of the connection.',
    level: 'error',
  },
  answerTooLarge: {
    status: 502,
    code: 'jira-answer-too-large',
    says: 'The answer of Jira is larger than 2 MB. Ask for fewer fields or a smaller page.',
    level: 'warn',
  },
  unreachable: {
    status: 502,
    code: 'jira-unreachable',
    says: 'Jira cannot be reached just now; try again.',
    level: 'error',
  },
  gatewayClosed: {
    status: 502,
    code: 'gateway-unavailable',
    says: 'The gateway before Jira does not open the way; try again, or ask an administrator.',
    level: 'error',
  },
  timedOut: { status: 504, code: 'jira-timeout', says: 'Jira did not answer in time.', level: 'error' },
  failed: { status: 500, code: 'relay-failed', says: 'The relay failed; the log says why.', level: 'error' },
} as const satisfies Record<string, DocumentedAnswer>;

export type RelayAnswerName = keyof typeof relayAnswers;
