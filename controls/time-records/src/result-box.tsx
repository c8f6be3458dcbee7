/** @jsx h */
import { ActionButtons, type ActionView, Icon, type Words, action, h } from '@crmjira/form-data';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import type { ResultView } from './week-view';

/** How far a sync is, and what came of it: then it has the focus. */
export function ResultBox(props: {
  readonly result: ResultView;
  readonly say: Words<StringKey>;
  readonly onAction: (name: string) => void;
}): React.ReactElement {
  const { result, say, onAction } = props;
  const { kind, errors } = result;
  const box = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    if (kind !== 'running') box.current?.focus();
  }, [kind]);
  const actions: readonly ActionView[] =
    kind === 'running'
      ? [action('stop', 'Stop', say('t.prog.3'))]
      : kind === 'failed' && errors.length > 0
        ? [action('retry', 'Sync', say('t.res.3')), action('only', 'Filter', say('t.res.4'))]
        : [];
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={result.strong}
      className={`crmjira-message crmjira-${result.tone}`}
    >
      <Icon name={result.icon} turning={kind === 'running'} />
      <div>
        <p className="crmjira-strong">{result.strong}</p>
        {errors.length > 0 && (
          <ul>
            {errors.map(([name, error]) => (
              <li key={name + error}>
                <b>{name}</b>: {error}
              </li>
            ))}
          </ul>
        )}
        {(result.text || errors.length > 0) && <p>{result.text || say('t.res.2')}</p>}
        {kind === 'running' && <progress max={1} value={result.share} aria-label={result.strong} />}
        <div className="crmjira-tools">
          <ActionButtons actions={actions} onAction={({ name }) => onAction(name)} />
          {kind !== 'running' && (
            <button type="button" className="crmjira-linkbutton" onClick={() => onAction('dismiss')}>
              {say('t.res.5')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
