import * as React from 'react';
import { CommandState, CommandType, type Language, commandTypeLabels } from '@crmjira/domain';
import { followCommand } from '../../commands/follow-command';
import type { Say } from '../platform/page-words';
import type { LoggedError } from './health-figures';
import type { HEALTH_TEXTS } from './words';

export interface Retries {
  /** ids of log rows whose retry is under way */
  readonly running: ReadonlySet<string>;
  /** what came of the last one, in words */
  readonly told: string;
  readonly retry: (error: LoggedError) => void;
}

/** Asks for a retry as a command row and tells what the service answers. @param onAnswer called after each answer */
export function useRetries(say: Say<typeof HEALTH_TEXTS>, language: Language, onAnswer: () => void): Retries {
  const [running, setRunning] = React.useState<ReadonlySet<string>>(new Set());
  const [told, tell] = React.useState('');
  const stops = React.useRef<(() => void)[]>([]);
  React.useEffect(() => () => stops.current.forEach((stop) => stop()), []);

  const retry = (error: LoggedError): void => {
    const { record, opportunityId } = error;
    if (opportunityId === null || running.has(error.id)) return;
    const settle = (text: string): void => {
      tell(text);
      setRunning((before) => new Set([...before].filter((id) => id !== error.id)));
    };
    setRunning((before) => new Set([...before, error.id]));
    tell('');
    Xrm.WebApi.createRecord('crmjira_command', {
      'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
      crmjira_name: commandTypeLabels[CommandType.Retry][language],
      crmjira_command_type: CommandType.Retry,
      crmjira_command_state: CommandState.Requested,
    }).then(
      ({ id }) => {
        const stop = followCommand(id, ({ state, result }) => {
          if (state === 'waiting') tell(say('retryWaiting', { record }));
          else {
            settle(say('retryDone', { record, result: result || say('retryOk') }));
            onAnswer();
          }
        });
        stops.current.push(stop);
      },
      (failure: unknown) => {
        console.error('A retry could not be requested.', failure);
        settle(say('retryNotSent', { record }));
      },
    );
  };
  return { running, told, retry };
}
