import { CommandState, failureText, type Language, noPersonalSearchText, searchAwayText } from '@crmjira/domain';
import type { NoPersonalClient } from '../../connections/personal/personal-clients';
import { classifyError } from '../../platform/errors/classify-error';
import type { CommandAnswer } from '../../reconciler/commands';

type Missing = NoPersonalClient['missing'];

/** Why there is no answer of Jira's. */
export interface NoAnswer {
  /** What the person's account lacks; null: Jira was asked. */
  readonly missing: Missing | null;
  /** Names the reason for programs. */
  readonly code: string;
  /** It is worth while to ask again. */
  readonly passes: boolean;
  readonly says: string;
}

/** Jira could not even be asked with the person's account. */
export const withoutAccount = (missing: Missing, language: Language): NoAnswer => ({
  ...{ missing, code: missing, passes: false },
  says: noPersonalSearchText(missing, language),
});

/** Jira has not answered. Somebody waits, and an answer after a retry would come too late. */
export function noAnswerOf(thrown: unknown, language: Language): NoAnswer {
  const error = classifyError(thrown, 'Jira');
  if (error.code === 'jira-credentials') return withoutAccount('refused', language);
  const passes = error.errorClass === 'transient';
  const says = passes ? searchAwayText(language) : (failureText(error.code, language) ?? error.message);
  return { missing: null, code: error.code, passes, says };
}

/** The same as the answer of a command: in words, and what the account lacks as a fact; no issue is told. */
export const failedFor = ({ missing, says }: NoAnswer): CommandAnswer => ({
  state: CommandState.Failed,
  result: says,
  ...(missing === null ? {} : { answer: { issues: [], reason: missing } }),
});

export const notConnected = (missing: Missing, language: Language): CommandAnswer =>
  failedFor(withoutAccount(missing, language));

export const noAnswer = (thrown: unknown, language: Language): CommandAnswer => failedFor(noAnswerOf(thrown, language));
