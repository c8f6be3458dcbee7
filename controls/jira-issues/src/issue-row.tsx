/** @jsx h */
import { SyncPreference } from '@crmjira/domain';
import { type ActionView, ActionButtons, Icon, type IconName, type Issue, type Words, h } from '@crmjira/form-data';
import { DefaultButton, type IContextualMenuItem } from '@fluentui/react';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import type { NoticeView, RowView } from './issues-view';

export type OnAction = (action: Pick<ActionView, 'name' | 'argument'>, value?: SyncPreference) => void;

/** Values of the choice, which have no gap, with their drawings. */
export const SYNCS: readonly (readonly [SyncPreference, IconName])[] = [
  [SyncPreference.Both, 'Switch'],
  [SyncPreference.JiraToCrm, 'Back'],
  [SyncPreference.CrmToJira, 'Forward'],
  [SyncPreference.Off, 'Blocked'],
];

/** A message and what can be done about it, in the place that it is about. */
export function Notice(props: NoticeView & { readonly onAction?: OnAction }): React.ReactElement {
  const { tone, icon, strong, focus, onAction = () => undefined } = props;
  const box = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    // The safe answer comes last, or is the only one.
    if (focus) [...(box.current?.querySelectorAll('button') ?? [])].pop()?.focus();
  }, [focus]);
  return (
    <div
      ref={box}
      className={`crmjira-message crmjira-${tone}`}
      role="group"
      aria-label={strong}
      onKeyDown={({ key }) => key === 'Escape' && focus && onAction({ name: 'keep' })}
    >
      <Icon name={icon} />
      <div>
        <p className="crmjira-strong">{strong}</p>
        <p>{props.text}</p>
        <ActionButtons actions={props.actions} onAction={onAction} />
      </div>
    </div>
  );
}

const menuItem = (
  key: string,
  icon: IconName,
  text: string,
  rest: Partial<IContextualMenuItem>,
  detail?: string,
): IContextualMenuItem => ({
  key,
  text,
  onRenderContent: () => (
    <span className="crmjira-item">
      <Icon name={icon} />
      <span>
        {text}
        {detail && <small>{detail}</small>}
      </span>
    </span>
  ),
  ...rest,
});

/** Jira's own word; its category gives it hue and drawing, by the style sheet. */
export function Status({ status, category }: Partial<Issue>): React.ReactElement | null {
  return status ? (
    <span className="crmjira-chip" data-category={category}>
      <i className="crmjira-icon" aria-hidden="true" />
      {status}
    </span>
  ) : null;
}

/** One issue; decides nothing. */
export function IssueRow(props: {
  readonly row: RowView;
  readonly say: Words<StringKey>;
  readonly onAction: OnAction;
}): React.ReactElement {
  const { row, say, onAction } = props;
  const { id, key, url, sync, type } = row;
  const act = (name: string) => () => onAction({ name, argument: id });
  const named = (value: SyncPreference): string => say(`sync.${value}`);
  return (
    <li id={`crmjira-${id}`} tabIndex={-1}>
      <div className="crmjira-issue">
        <i className="crmjira-icon crmjira-type" data-type={type} aria-hidden="true" />
        {/* Without an address it is no link, and looks like none. */}
        <a
          href={url ?? undefined}
          title={url ? say('opensNewTab') : undefined}
          target="_blank"
          rel="noreferrer noopener"
        >
          {key}
        </a>
        <bdi className="crmjira-summary">{row.summary}</bdi>
        <Status {...row} />
      </div>
      <div className="crmjira-issue-facts">
        <span>
          {type && <span className="crmjira-kind">{type}</span>}
          {row.priority && (
            <span>
              <i className="crmjira-icon" data-priority={row.priority} aria-hidden="true" /> {row.priority}
            </span>
          )}
          {row.facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
        {sync && (
          <span className="crmjira-tools">
            <DefaultButton
              ariaLabel={say('sync.of', { key, sync: named(sync) })}
              text={named(sync)}
              onRenderIcon={() => <Icon name={SYNCS[sync - 1]?.[1] ?? 'Blocked'} />}
              onRenderMenuIcon={() => <Icon name="ChevronDown" />}
              menuProps={{
                doNotLayer: true,
                ariaLabel: say('sync'),
                items: SYNCS.map(([value, icon]) =>
                  menuItem(
                    String(value),
                    icon,
                    named(value),
                    {
                      role: 'menuitemradio',
                      canCheck: true,
                      checked: value === sync,
                      onRenderIcon: () => null,
                      onClick: () => onAction({ name: 'sync', argument: id }, value),
                    },
                    say(`sync.${value}.${row.table}`),
                  ),
                ),
              }}
            />
            <DefaultButton
              ariaLabel={say('more', { key })}
              onRenderIcon={() => <Icon name="More" />}
              onRenderMenuIcon={() => null}
              menuProps={{
                doNotLayer: true,
                items: [
                  ...(url ? [menuItem('open', 'OpenInNewWindow', say('open'), { href: url, target: '_blank' })] : []),
                  menuItem('sync', 'Sync', say('syncNow'), { onClick: act('syncNow') }),
                  menuItem('leave', 'RemoveLink', say('unlink.more'), { onClick: act('leave') }),
                ],
              }}
            />
          </span>
        )}
      </div>
      {row.notices?.map((notice) => (
        <Notice key={notice.strong} {...notice} onAction={onAction} />
      ))}
    </li>
  );
}
