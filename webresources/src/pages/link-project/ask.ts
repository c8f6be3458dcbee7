import { isForbidden } from '@crmjira/form-data';
import type { CommandType, Language } from '@crmjira/domain';
import { type CommandOutcome, followCommand } from '../../commands/follow-command';
import { opportunity, sendCommand } from '../../commands/send-command';

/** What came of a request: the service's answer, or that it could not even be sent. */
export type Asked = CommandOutcome | { readonly state: 'sending' | 'notSent' | 'notAllowed'; readonly result: '' };

export interface Request {
  readonly opportunityId: string;
  readonly type: CommandType;
  readonly argument: string;
  readonly language: Language;
  /** milliseconds between two looks at the answer */
  readonly lookEvery?: number;
}

/**
 * Asks the service for something by a row of its own (ADR-2), under the person's privileges.
 * @param report called with each change until there is an answer
 * @returns the way to stop listening; the row goes on without it
 */
export function ask({ opportunityId, type, argument, language, lookEvery }: Request, report: (asked: Asked) => void) {
  let stopped = false;
  let stopFollowing = (): void => undefined;
  report({ state: 'sending', result: '' });
  sendCommand(opportunity(opportunityId), type, language, argument === undefined ? {} : { argument }).then(
    (id) => {
      if (!stopped) stopFollowing = followCommand(id, report, lookEvery);
    },
    (error: unknown) => {
      console.error('A request could not be sent.', error);
      if (!stopped) report({ state: isForbidden(error) ? 'notAllowed' : 'notSent', result: '' });
    },
  );
  return (): void => {
    stopped = true;
    stopFollowing();
  };
}
