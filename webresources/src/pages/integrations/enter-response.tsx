import * as React from 'react';
import type { TryAnswer } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { PageButton } from '../platform/page-button';
import type { PageFormat } from '../platform/page-format';
import { pretty } from './enter-pretty';
import type { EnterSay } from './enter-view';

/** Parts of a text, every other one of which is a name that a mapping reads: a key of JSON, a name in a tag of XML. Pure. */
export function markedParts(text: string, paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => path.match(/[\p{L}_][\p{L}\p{N}_-]*/gu)?.at(-1) ?? []);
  if (names.length === 0) return [text];
  const whole = [...new Set(names)].sort((one, other) => other.length - one.length).join('|');
  const inTag = `(?<=<[^>]*)(?<=[</:\\s])(?:${whole})(?=[\\s/>=])`;
  return text.split(new RegExp(`("(?:${whole})"(?=\\s*:)|${inTag})`, 'gu'));
}

/** What the service answered, with what the mappings read of it (R-1608). */
export function ResponseCard(props: {
  readonly response: TryAnswer['response'];
  readonly paths: readonly string[];
  readonly isBusy: boolean;
  readonly say: EnterSay;
  readonly format: PageFormat;
  readonly onSend: () => void;
}): React.ReactElement {
  const { response, paths, isBusy, say, format, onSend } = props;
  const { status: code = 0 } = response ?? {};
  const isGood = code < 400;
  return (
    <section className="page-card" aria-label={say('response')}>
      <div className="page-cardhead">
        <h2>{say('response')}</h2>
        {response !== null && (
          <>
            <Chip tone={isGood ? 'ok' : 'over'} icon={isGood ? 'Completed' : 'ErrorBadge'} text={String(code)} />
            <span className="crmjira-sub">
              {say('kilobytes', { n: format.number(Math.max(0.1, response.bytes / 1_024), 1) })}
            </span>
          </>
        )}
        <PageButton
          text={say(response === null ? 'send' : 'sendAgain')}
          icon="Sync"
          look="small"
          disabled={isBusy}
          onClick={onSend}
        />
      </div>
      {response === null ? (
        <p className="crmjira-sub">{say('notSentYet')}</p>
      ) : (
        <>
          <pre className="enter-response" tabIndex={0} aria-label={say('response')}>
            {markedParts(pretty(response.text), paths).map((part, at) =>
              at % 2 === 0 ? part : <mark key={at}>{part}</mark>,
            )}
          </pre>
          <p className="crmjira-sub">{say('marked')}</p>
        </>
      )}
    </section>
  );
}
