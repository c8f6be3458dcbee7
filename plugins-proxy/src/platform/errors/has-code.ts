import { IntegrationError } from './integration-error';

/** Whether something thrown is a failure of one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): error is IntegrationError =>
  error instanceof IntegrationError && codes.includes(error.code);

/** Whether a write was refused because a row has changed since it was read, or is there already. */
export const hasChangedMeanwhile = (error: unknown): boolean => hasCode(error, 'dataverse-precondition');
