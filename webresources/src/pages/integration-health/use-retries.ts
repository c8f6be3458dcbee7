import * as React from 'react';
import { CommandType, type Language } from '@crmjira/domain';
import { followCommand } from '../../commands/follow-command';
import { opportunity, sendCommand } from '../../commands/send-command';
import type { Say } from '../platform/page-words';
import type { LoggedError } from './health-figures';
import { readFailed } from './read-failed';
import { type RetryState, isOver, progressOf } from './retry-progress';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

export interface Retries {
  /** what came of the retry of the opportunity that an error belongs to; null before one was asked for */
  readonly of: (error: LoggedError) => RetryState | null;
  /** what came of the last one, or how far all of them are, in words */
  readonly told: string;
  readonly retry: (error: LoggedError) => void;
  /** one retry for each opportunity among these errors */
  readonly retryAll: (errors: readonly LoggedError[]) => void;
  /** one retry for each opportunity whose last sync failed, as far as the person may see them; asks before */
  readonly retryFailed: () => void;
}

/**
 * Asks for retries as command rows and tells what the service answers. A retry reads both sides anew, so several errors of one
 * opportunity need only one. @param onAnswer called after each answer
 */
export function useRetries(say: Say<typeof integrationHealthTexts>, language: Language, onAnswer: () => void): Retries {
  const [states, setStates] = React.useState<ReadonlyMap<string, RetryState>>(new Map());
  const [told, tell] = React.useState('');
  /** opportunities of the last "Retry all"; empty after a single one */
  const [asked, setAsked] = React.useState<readonly string[]>([]);
  const stops = React.useRef<(() => void)[]>([]);
  React.useEffect(() => () => stops.current.forEach((stop) => stop()), []);

  const set = (opportunityId: string, state: RetryState): void =>
    setStates((before) => new Map(before).set(opportunityId, state));

  const send = (opportunityId: string, onChange: (state: RetryState) => void): void => {
    const change = (state: RetryState): void => {
      set(opportunityId, state);
      onChange(state);
    };
    change({ kind: 'running', text: say('retrying') });
    sendCommand(opportunity(opportunityId), CommandType.Retry, language).then(
      (id) => {
        const stop = followCommand(id, ({ state, result }) => {
          if (state === 'waiting') return change({ kind: 'waiting', text: result || say('retryKept') });
          change({ kind: state === 'done' ? 'done' : 'refused', text: result || say('retryOk') });
          onAnswer();
        });
        stops.current.push(stop);
      },
      (failure: unknown) => {
        console.error('A retry could not be requested.', failure);
        change({ kind: 'refused', text: say('retryNotRequested') });
      },
    );
  };
  const canRetry = (opportunityId: string | null): opportunityId is string => {
    const state = opportunityId === null ? undefined : states.get(opportunityId);
    return opportunityId !== null && (state === undefined || isOver(state));
  };

  const retry = ({ opportunityId, record }: LoggedError): void => {
    if (!canRetry(opportunityId)) return;
    setAsked([]);
    tell('');
    send(opportunityId, ({ kind, text }) =>
      tell(kind === 'running' ? '' : say('retryDone', { record: record ?? say('goneRecord'), result: text })),
    );
  };
  const retryAll = (errors: readonly LoggedError[]): void => {
    sendAll(errors.map(({ opportunityId }) => opportunityId));
  };
  const sendAll = (opportunityIds: readonly (string | null)[]): void => {
    const wanted = [...new Set(opportunityIds.filter(canRetry))];
    if (wanted.length === 0) return;
    setAsked(wanted);
    wanted.forEach((opportunityId) => send(opportunityId, () => undefined));
  };
  const askAndRetryFailed = async (): Promise<void> => {
    const failed = await readFailed();
    setAsked([]);
    if (failed.length === 0) return tell(say('nothingFailed'));
    tell('');
    const text = say('retryFailedConfirm', { n: String(failed.length) });
    const { confirmed } = await Xrm.Navigation.openConfirmDialog({ text });
    if (confirmed) sendAll(failed);
  };
  return {
    of: ({ opportunityId }) => (opportunityId === null ? null : (states.get(opportunityId) ?? null)),
    told: asked.length === 0 ? told : progressOf(asked, states, say),
    retry,
    retryAll,
    retryFailed: () =>
      void askAndRetryFailed().catch((failure: unknown) => {
        console.error('What has failed could not be read.', failure);
        setAsked([]);
        tell(say('failedUnread'));
      }),
  };
}
