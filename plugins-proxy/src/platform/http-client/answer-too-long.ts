import { IntegrationError } from '../errors/integration-error';

/**
 * Longest answer taken of anybody, in bytes: a page of a thousand worklogs is below 10 MB. As many as there are connections may come at
 * one time.
 */
export const longestAnswer = 32 * 1024 * 1024;

/** Longest answer of a service that gives tokens, keys or secrets, in bytes. */
export const longestSmallAnswer = 1024 * 1024;

const megabyte = 1024 * 1024;

/** The other side sends more than anybody could have asked it for; it was cut off. */
export class AnswerTooLong extends IntegrationError {
  constructor(side: string, most: number) {
    super(`${side} gave an answer of more than ${Math.round(most / megabyte)} MB; it was not read to its end.`, {
      code: 'unexpected-answer',
      // As with an answer of an unexpected shape: tried again, not given up at once.
      errorClass: 'configuration',
    });
    this.name = 'AnswerTooLong';
  }
}
