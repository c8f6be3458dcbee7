import type { IncomingHttpHeaders } from 'undici/types/header';
import { jiraAnswers } from '../../clients/jira/classify-jira-answer';
import { Refusal } from '../../platform/http-client/create-classifier';

/** An error of Jira as the caller of the relay sees it. */
export interface MappedAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Jira's words about single fields, for a form. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
}

/** Statuses that tell the caller about its own request; every other one is trouble between the relay and Jira. */
const passed = new Set([400, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429]);

/**
 * One JSON error for all the ways in which Jira and what stands before it say no: JSON of two kinds, sign-in pages, gateway pages.
 * A 401 of Jira is about the service's account, not about the caller's token, and becomes 502.
 */
export function mapJiraAnswer(
  answer: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string },
  now: number,
  redact: (text: string) => string,
): MappedAnswer {
  const error = jiraAnswers.errorOf(answer, now, redact);
  const wait = error.retryAfterMs;
  const status = passed.has(answer.status) ? answer.status : answer.status === 503 ? 503 : 502;
  const fields = error instanceof Refusal ? Object.entries(error.fields) : [];
  return {
    status,
    code: error.code,
    message: error.message,
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
    ...(wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait / 1000) }),
  };
}
