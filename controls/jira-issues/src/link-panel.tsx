/** @jsx h */
import { ActionButtons, type FormStore, Icon, type Words, action, h, message } from '@crmjira/form-data';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import { Field } from './field';
import { Notice, Status } from './issue-row';
import { Panel } from './panel';
import { type Found, useSearch } from './use-search';

export interface LinkPanelProps {
  readonly id: string;
  readonly store: FormStore;
  readonly say: Words<StringKey>;
  /** keys of the issues that the record has already */
  readonly linked: readonly string[];
  readonly onLink: (found: Found) => void;
  readonly onCreate: () => void;
  readonly onClose: () => void;
}

/** An editable combobox with a list (ARIA Authoring Practices): the focus stays in the field, arrows move through the list. */
export function LinkPanel(props: LinkPanelProps): React.ReactElement {
  const { id, say, linked } = props;
  const [typed, setTyped] = React.useState('');
  const [active, setActive] = React.useState(0);
  const [chosen, setChosen] = React.useState<Found | null>(null);
  const [{ text, mirror, jira, silent }, again] = useSearch(props.store.desk, chosen ? '' : typed, say('link'));
  const only = jira?.filter(({ key }) => !mirror.some((one) => one.key === key)) ?? [];
  const found = [...mirror, ...only];
  const isLinked = ({ key }: Found): boolean => linked.includes(key ?? '');
  const choose = (one: Found | undefined): void => {
    if (one && !isLinked(one)) setChosen(one);
  };
  const move = (step: number): void => setActive((found.length + active + step) % (found.length || 1));
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') choose(found[active]);
    else if (event.key === 'Escape' && typed) {
      setTyped('');
      setChosen(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const group = (title: string, of: readonly Found[], from: number): React.ReactNode =>
    of.length > 0 && (
      <ul role="group" aria-label={title}>
        <li role="presentation" className="crmjira-group">
          {title}
        </li>
        {of.map((one, index) => {
          const note = isLinked(one) ? ` · ${say('search.linked')}` : '';
          return (
            <li
              key={one.key ?? index}
              id={`${id}-option-${from + index}`}
              role="option"
              aria-selected={from + index === active}
              aria-disabled={isLinked(one)}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
            >
              <span>
                <b>[{one.key}]</b> <bdi>{one.summary}</bdi>
                <small>
                  {one.assignee || say('unassigned')}
                  {note}
                </small>
              </span>
              <Status {...one} />
            </li>
          );
        })}
      </ul>
    );
  const none = jira && found.length === 0 && !silent;
  return (
    <Panel title={say('link.title')} say={say} onClose={props.onClose}>
      <Field
        id={`${id}-search`}
        caption={say('search')}
        hint={say('search.hint')}
        wide
        value={chosen ? `[${chosen.key}] ${chosen.summary}` : typed}
        onValue={(value) => {
          setTyped(chosen ? '' : value);
          setChosen(null);
          setActive(0);
        }}
        input={{
          role: 'combobox',
          autoComplete: 'off',
          autoFocus: true,
          'aria-expanded': found.length > 0,
          'aria-controls': `${id}-list`,
          'aria-autocomplete': 'list',
          'aria-activedescendant': found[active] && `${id}-option-${active}`,
          onKeyDown,
        }}
      />
      {!chosen && text && !none && (
        <div className="crmjira-list" id={`${id}-list`} role="listbox" aria-label={say('link.title')}>
          {group(say('search.mirror', { n: String(mirror.length) }), mirror, 0)}
          {group(say('search.jira', { n: String(only.length) }), only, mirror.length)}
        </div>
      )}
      {!chosen && text && (
        <p role="status" className="crmjira-sub crmjira-small">
          <Icon name={silent ? 'PlugDisconnected' : jira ? 'Search' : 'ProgressRingDots'} turning={!jira} />{' '}
          {say(silent ? 'search.silent' : jira ? 'search.found' : 'search.waiting', { n: String(found.length) })}{' '}
          {silent && (
            <button type="button" className="crmjira-linkbutton" onClick={again}>
              {say('search.again')}
            </button>
          )}
        </p>
      )}
      {!chosen && none && (
        <Notice
          {...message('neutral', 'Info', say('search.none'), say('search.none.next'))}
          actions={[action('create', 'Add', say('create'))]}
          onAction={props.onCreate}
        />
      )}
      {chosen && (
        <ActionButtons
          actions={[action('link', 'Link', say('link.send'), true), action('close', 'Cancel', say('cancel'))]}
          onAction={({ name }) => (name === 'link' ? props.onLink(chosen) : props.onClose())}
        />
      )}
    </Panel>
  );
}
