/** @jsx h */
import { Icon, IssueBadge, type Words, h } from '@crmjira/form-data';
import type * as React from 'react';
import type { Found } from './found';
import type { StringKey } from './generated/string-keys';
import { type PickerView, marked } from './picker-view';

export interface OptionListProps {
  readonly id: string;
  readonly view: PickerView;
  readonly typed: string;
  readonly active: number;
  readonly say: Words<StringKey>;
  readonly onChoose: (found: Found) => void;
}

/** What can be taken, in the order in which the arrows go through it. */
export const optionsOf = ({ groups, asTyped }: PickerView): readonly Found[] => [
  ...groups.flatMap(({ found }) => found),
  ...(asTyped ? [{ key: asTyped }] : []),
];

export function OptionList({ id, view, typed, active, say, onChoose }: OptionListProps): React.ReactElement {
  const options = optionsOf(view);
  const option = (found: Found, content: React.ReactNode): React.ReactElement => {
    const index = options.findIndex((one) => one.key === found.key);
    return (
      <li
        key={found.key ?? ''}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === active}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChoose(found)}
      >
        {content}
      </li>
    );
  };
  return (
    <div className="crmjira-list">
      {options.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label={say('p.label')}>
          {view.groups.map(({ title, icon, found }) => (
            <ul key={title} role="group" aria-label={title}>
              <li role="presentation" className="crmjira-group">
                {icon && <Icon name={icon} />} {title}
              </li>
              {found.map((one) => {
                const [before, match, after] = marked(one.summary ?? '', typed);
                return option(
                  one,
                  <span key="of" className="crmjira-option">
                    <span className="crmjira-what">
                      <b>[{one.key}]</b>{' '}
                      <bdi>
                        {before}
                        {match && <mark>{match}</mark>}
                        {after}
                      </bdi>
                    </span>
                    {one.status && (
                      <IssueBadge status={one.status} category={one.category ?? null} text={one.status} size="medium" />
                    )}
                    {one.summary && <small>{one.assignee || say('p.unassigned')}</small>}
                  </span>,
                );
              })}
            </ul>
          ))}
          {view.asTyped && (
            <ul role="group" aria-label={say('p.label')}>
              {option({ key: view.asTyped }, say('p.use', { k: view.asTyped }))}
            </ul>
          )}
        </div>
      )}
      {view.none && (
        <p className="crmjira-small">
          <b>{view.none[0]}</b>
          {view.none[1]}
        </p>
      )}
      {view.end && (
        <p className="crmjira-small crmjira-end">
          {view.isSearching && <Icon name="ProgressRingDots" turning />} {view.end}
        </p>
      )}
    </div>
  );
}
