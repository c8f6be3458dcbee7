import type { DocumentedAnswer } from '../../platform/errors/documented-answer';

/** One answer of the intake, and whether its sender will try again. */
export interface IntakeAnswer extends DocumentedAnswer {
  /** Jira Cloud retries only on 408, 409, 425, 429, 5xx and timeouts; Dataverse once on 502, 503, 504. */
  readonly senderRetries: boolean;
}

/** Every answer the intake can give. README and tests are made from this table. */
export const intakeAnswers = {
  accepted: {
    status: 202,
    code: 'accepted',
    says: 'Stored; the records it concerns are reconciled next.',
    senderRetries: false,
    level: 'info',
  },
  duplicate: {
    status: 200,
    code: 'duplicate',
    says: 'This delivery was stored before; nothing changes.',
    senderRetries: false,
    level: 'info',
  },
  ignored: {
    status: 200,
    code: 'ignored',
    says: 'Stored without effect: no rule uses this event.',
    senderRetries: false,
    level: 'info',
  },
  malformedJson: {
    status: 400,
    code: 'malformed-json',
    says: 'The body is signed correctly but is not JSON.',
    senderRetries: false,
    level: 'warn',
  },
  unexpectedShape: {
    status: 400,
    code: 'unexpected-shape',
    says: 'The body is signed correctly and is JSON, but not an event.',
    senderRetries: false,
    level: 'warn',
  },
  badSignature: {
    status: 401,
    code: 'bad-signature',
    says: 'The signature or key is missing or does not match the body.',
    senderRetries: false,
    level: 'warn',
    counter: 'intake.refused',
  },
  unknownConnection: {
    status: 404,
    code: 'unknown-connection',
    says: 'No such endpoint.',
    senderRetries: false,
    level: 'warn',
    counter: 'intake.unknown-connection',
  },
  tooLarge: {
    status: 413,
    code: 'too-large',
    says: 'The body is larger than 2 MB.',
    senderRetries: false,
    level: 'warn',
    counter: 'intake.too-large',
  },
  wrongContentType: {
    status: 415,
    code: 'wrong-content-type',
    says: 'The body must be application/json.',
    senderRetries: false,
    level: 'warn',
  },
  overloaded: {
    status: 503,
    code: 'overloaded',
    says: 'Too many large deliveries are being read just now; send it again.',
    senderRetries: true,
    level: 'warn',
    counter: 'intake.overloaded',
  },
  unavailable: {
    status: 503,
    code: 'unavailable',
    says: 'The delivery could not be stored just now; send it again.',
    senderRetries: true,
    level: 'error',
  },
} as const satisfies Record<string, IntakeAnswer>;

export type IntakeAnswerName = keyof typeof intakeAnswers;
