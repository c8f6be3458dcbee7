import * as React from 'react';
import { CommandType, type Language } from '@crmjira/domain';
import { opportunity, sendCommand } from '../../commands/send-command';
import type { Say } from '../platform/page-words';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

export interface Releases {
  /** opportunities whose release was requested from here */
  readonly requested: ReadonlySet<string>;
  readonly told: string;
  readonly busy: boolean;
  /** asks before */
  readonly release: (opportunityIds: readonly string[]) => void;
}

/**
 * Releases held projects as an administrator does on the form: a Retry command for each (R-2305). They are requested one after the
 * other, as an import may have held hundreds; each leaves the list once the service has taken its command.
 * @param onRequested called when all are requested
 */
export function useReleases(
  say: Say<typeof integrationHealthTexts>,
  language: Language,
  onRequested: () => void,
): Releases {
  const [requested, setRequested] = React.useState<ReadonlySet<string>>(new Set());
  const [told, tell] = React.useState('');
  const [busy, setBusy] = React.useState(false);
  const left = React.useRef(false);
  React.useEffect(() => () => void (left.current = true), []);

  const run = async (ids: readonly string[]): Promise<void> => {
    const text = say('releaseConfirm', { n: String(ids.length) });
    const { confirmed } = await Xrm.Navigation.openConfirmDialog({ text });
    if (!confirmed) return;
    setBusy(true);
    let sent = 0;
    try {
      for (const id of ids) {
        tell(say('releasing', { n: String(sent), of: String(ids.length) }));
        await sendCommand(opportunity(id), CommandType.Retry, language);
        sent += 1;
        if (left.current) return;
        setRequested((before) => new Set(before).add(id));
      }
      tell(say('released', { n: String(sent) }));
    } catch (error) {
      console.error('A release could not be requested.', error);
      tell(say('releaseFailed', { n: String(sent), of: String(ids.length) }));
    } finally {
      setBusy(false);
      onRequested();
    }
  };
  return {
    requested,
    told,
    busy,
    release: (ids) => {
      const wanted = ids.filter((id) => !requested.has(id));
      if (busy || wanted.length === 0) return;
      void run(wanted).catch((error: unknown) => console.error('The question could not be asked.', error));
    },
  };
}
