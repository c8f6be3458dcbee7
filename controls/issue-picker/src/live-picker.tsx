/** @jsx h */
import { toIssueKey } from '@crmjira/domain';
import {
  type HostFacts,
  Icon,
  Message,
  NARROW_BELOW,
  type OwnConnection,
  Skeleton,
  type WebApi,
  type Words,
  action,
  ActionButtons,
  formattedField,
  h,
  readConnection,
} from '@crmjira/form-data';
import { getId } from '@fluentui/react';
import * as React from 'react';
import { ClearButton } from './clear-button';
import type { Found } from './found';
import type { StringKey } from './generated/string-keys';
import { IssueCard } from './issue-card';
import { OptionList, optionsOf } from './option-list';
import { addressOf, pickerView } from './picker-view';
import { useIssue, useOpeners, useSearch } from './use-search';

export interface LivePickerProps {
  readonly host: HostFacts;
  readonly webApi: WebApi;
  readonly table: string;
  readonly value: string | null;
  readonly isEditable: boolean;
  readonly say: Words<StringKey>;
  readonly onTake: (key: string | null) => void;
  readonly onSetUp: () => void;
}

/** Undefined until it is read; null where it could not be, or there is none. */
function useConnection(webApi: WebApi, isReadable: boolean): OwnConnection | null | undefined {
  const [connection, set] = React.useState<OwnConnection | null | undefined>(undefined);
  React.useEffect(() => {
    let current = true;
    const put = (found: OwnConnection | null): void => {
      if (current) set(found);
    };
    if (isReadable) readConnection(webApi).then(put, () => put(null));
    return () => {
      current = false;
    };
  }, [webApi, isReadable]);
  return connection;
}

/** Whose record it is, where it cannot be changed. */
function useOwner({ webApi, table, host: { recordId }, isEditable }: LivePickerProps): string | null {
  const [owner, set] = React.useState<string | null>(null);
  React.useEffect(() => {
    let current = true;
    if (!isEditable && recordId)
      webApi.retrieveRecord(table, recordId, '?$select=_ownerid_value').then(
        (row: Readonly<Record<string, unknown>>) => current && set(formattedField(row, '_ownerid_value')),
        // Nothing is said of it then.
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [webApi, table, recordId, isEditable]);
  return owner;
}

/** An editable combobox with a list (ARIA Authoring Practices): the focus stays in the field, arrows move through the list. */
export function LivePicker(props: LivePickerProps): React.ReactElement {
  const { host, webApi, value, isEditable, say, onTake } = props;
  const [id] = React.useState(() => getId('crmjira'));
  const field = React.useRef<HTMLInputElement>(null);
  const [typed, setTyped] = React.useState('');
  const [isOpen, open] = React.useState(false);
  const [active, setActive] = React.useState(-1);
  const [isRefused, refuse] = React.useState(false);
  const [chosen, choose] = React.useState<Found | null>(null);
  const isOffline = host.offline || !navigator.onLine;
  const connection = useConnection(webApi, host.readable);
  const owner = useOwner(props);
  const reading = { webApi, isOffline, connection };
  const search = useSearch(reading, typed);
  const openers = useOpeners(reading, isOpen);
  const issue = useIssue(reading, value, chosen);
  const now = new Date().toISOString();
  const view = pickerView({
    ...{ host, say, now, isOffline, connection, value, issue, typed, search, openers, isRefused },
  });
  const options = optionsOf(view);

  const take = (found: Found): void => {
    choose(found);
    setTyped('');
    open(false);
    refuse(false);
    onTake(found.key);
  };
  const clear = (): void => {
    setTyped('');
    refuse(false);
    if (value) onTake(null);
    field.current?.focus();
  };
  /** What was typed is taken where it is a key; else the column keeps its value. */
  const settle = (): void => {
    const key = toIssueKey(typed);
    if (key) take(options.find((one) => one.key === key) ?? { key });
    else {
      open(false);
      refuse(typed.trim() !== '');
    }
  };
  const move = (step: number): void => {
    open(true);
    setActive(options.length ? (Math.max(active, step > 0 ? -1 : 0) + step + options.length) % options.length : 0);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const option = isOpen ? options[active] : undefined;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && (option || typed)) {
      if (option) take(option);
      else settle();
    } else if (event.key === 'Escape' && isOpen) open(false);
    else if (event.key === 'Escape' && typed) {
      setTyped('');
      refuse(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isMissing = !!value && issue === null;
  // A field that is cleared gets the focus that stood on the card.
  const wasSet = React.useRef(value);
  React.useEffect(() => {
    if (wasSet.current && !value && document.activeElement === document.body) field.current?.focus();
    wasSet.current = value;
  }, [value]);

  const isWrong = !!view.error;
  const below = `${id}-below`;
  const input = (
    <div className={`crmjira-combo${isWrong ? ' crmjira-wrong' : ''}`}>
      <Icon name="Search" />
      <input
        ref={field}
        type="text"
        role="combobox"
        autoComplete="off"
        maxLength={200}
        placeholder={say('p.ph')}
        aria-label={say('p.label')}
        aria-expanded={isOpen && options.length > 0}
        aria-controls={isOpen && options.length > 0 ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options[active] ? `${id}-${active}` : undefined}
        aria-invalid={isWrong}
        aria-describedby={below}
        value={typed || (isMissing ? (value ?? '') : '')}
        onChange={({ target }) => {
          setTyped(target.value);
          refuse(false);
          setActive(-1);
          open(true);
        }}
        onClick={() => open(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          open(false);
          settle();
        }}
      />
      {isWrong ? <ClearButton say={say} onClick={clear} /> : <Icon name="ChevronDown" />}
    </div>
  );
  const isLoading = host.readable && (connection === undefined || (!!value && issue === undefined));
  const isCard = !!value && !isMissing && !typed;
  const content = !host.readable ? (
    <p className="crmjira-chosen crmjira-still crmjira-sub">
      <span>
        <Icon name="Hide" /> {say('p.hidden')}
      </span>
    </p>
  ) : isLoading ? (
    <div className="crmjira-chosen">
      <Skeleton label={say('loading')} />
    </div>
  ) : isCard || !isEditable ? (
    value ? (
      <IssueCard
        issue={issue ?? { key: value }}
        url={isOffline || isMissing ? null : addressOf(issue ?? { key: value }, connection)}
        say={say}
        onClear={isEditable ? clear : null}
      />
    ) : (
      <p className="crmjira-chosen crmjira-still">–</p>
    )
  ) : (
    input
  );
  const isList = isOpen && !isCard && isEditable && (options.length > 0 || !!view.none || view.isSearching);
  const told = (
    <div id={below}>
      {view.error && (
        <div className="crmjira-error crmjira-small">
          <Icon name="ErrorBadge" />
          <div>
            <b>{view.error[0]}</b>
            <p>{view.error[1]}</p>
          </div>
        </div>
      )}
      {host.readable && !isLoading && view.notice && (
        <div className={view.isSetUp ? 'crmjira-notice crmjira-offer' : 'crmjira-notice'}>
          <Message {...view.notice} />
          {view.isSetUp && (
            <ActionButtons actions={[action('setUp', 'Link', say('p.noconn.3'))]} onAction={props.onSetUp} />
          )}
        </div>
      )}
      {host.readable && !isLoading && !value && !typed && !isOpen && !view.notice && isEditable && (
        <p className="crmjira-sub crmjira-small">{say('p.opt')}</p>
      )}
      {!isEditable && owner && <p className="crmjira-sub crmjira-small">{say('p.ro', { who: owner })}</p>}
    </div>
  );
  return (
    <section
      className={`crmjira crmjira-picker${host.look.dark ? ' crmjira-dark' : ''}${host.width < NARROW_BELOW - 60 ? ' crmjira-narrow' : ''}`}
      style={host.look.colours}
      aria-label={say('p.label')}
      aria-busy={isLoading}
    >
      {content}
      {isList ? (
        <div className="crmjira-pop">
          <OptionList {...{ id, view, typed, active, say }} onChoose={take} />
          {told}
        </div>
      ) : (
        told
      )}
      <div className="crmjira-hidden" role="status" aria-live="polite">
        {isList ? view.end || view.none?.[0] : ''}
      </div>
    </section>
  );
}
