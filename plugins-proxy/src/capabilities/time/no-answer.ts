import { CommandState, failureText, type Language, noPersonalSearchText, searchAwayText } from '@crmjira/domain';
import type { NoPersonalClient } from '../../connections/personal/personal-clients';
import { classifyError } from '../../platform/errors/classify-error';
import type { CommandAnswer } from '../../reconciler/commands';

type Missing = NoPersonalClient['missing'];

/** Jira could not even be asked with the person's account: in words, and why as a fact; no issue is told. */
export const notConnected = (missing: Missing, language: Language): CommandAnswer => ({
  state: CommandState.Failed,
  result: noPersonalSearchText(missing, language),
  answer: { issues: [], reason: missing },
});

/** Jira has not answered: in words. Somebody waits, and an answer after a retry would come too late. */
export function noAnswer(thrown: unknown, language: Language): CommandAnswer {
  const error = classifyError(thrown, 'Jira');
  if (error.code === 'jira-credentials') return notConnected('refused', language);
  return {
    state: CommandState.Failed,
    result:
      error.errorClass === 'transient'
        ? searchAwayText(language)
        : (failureText(error.code, language) ?? error.message),
  };
}
