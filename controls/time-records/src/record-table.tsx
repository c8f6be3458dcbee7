/** @jsx h */
import { Icon, IssueBadge, type Words, h } from '@crmjira/form-data';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import type { GroupView, RowView } from './week-view';

export interface RecordTableProps {
  readonly groups: readonly GroupView[];
  readonly say: Words<StringKey>;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
  readonly onSync: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

interface BoxProps {
  readonly label: string;
  /** those that it stands for */
  readonly rows: readonly RowView[];
  readonly onSelect: RecordTableProps['onSelect'];
}

/** Of one record, of a day or of all: what cannot be synced is left out; a box of nothing else keeps the focus and says why. */
function Box({ label, rows, onSelect }: BoxProps): React.ReactElement {
  const usable = rows.filter(({ isUsable }) => isUsable);
  const isChecked = usable.length > 0 && usable.every(({ isSelected }) => isSelected);
  const box = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => {
    if (box.current) box.current.indeterminate = !isChecked && usable.some(({ isSelected }) => isSelected);
  });
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={label}
      aria-disabled={usable.length === 0}
      checked={isChecked}
      onChange={() =>
        onSelect(
          usable.map(({ id }) => id),
          !isChecked,
        )
      }
    />
  );
}

/** Drawn as a table, or below 560 pixels as cards: the style sheet's to tell, the roles stay. */
export function RecordTable({ groups, say, onSelect, onSync, onOpen }: RecordTableProps): React.ReactElement {
  const all = groups.flatMap(({ rows }) => rows);
  const syncOf = (name: string): string => say('row.said', { name: say('w.btn'), state: name });
  return (
    <table role="table" className="crmjira-records">
      <thead role="rowgroup">
        <tr role="row">
          <td role="cell">
            <Box label={say('t.all')} rows={all} onSelect={onSelect} />
            <span className="crmjira-all" aria-hidden="true">
              {say('t.all')}
            </span>
          </td>
          <th role="columnheader">{say('t.time')}</th>
          <th role="columnheader">{say('t.rec')}</th>
          <th role="columnheader" className="crmjira-issue">
            {say('t.iss')}
          </th>
          <th role="columnheader" className="crmjira-end">
            {say('w.dur')}
          </th>
          <th role="columnheader">{say('t.st')}</th>
          <th role="columnheader">
            <span className="crmjira-hidden">{say('w.btn')}</span>
          </th>
        </tr>
      </thead>
      {groups.map(({ day, title, total, note, rows }) => (
        <tbody key={day} role="rowgroup">
          <tr role="row" className="crmjira-of-day">
            <td role="cell">
              <Box label={title} rows={rows} onSelect={onSelect} />
            </td>
            <th role="rowheader" colSpan={2}>
              {title}
            </th>
            <td role="cell" className="crmjira-issue" />
            <td role="cell" className="crmjira-end">
              {total}
            </td>
            <td role="cell" colSpan={2} className="crmjira-sub">
              {note}
            </td>
          </tr>
          {rows.map((row) => {
            const { id, name, issue, issueKey } = row;
            const badge = issueKey ? (
              <IssueBadge
                status={issue?.status ?? null}
                category={issue?.category ?? null}
                text={issueKey}
                size="small"
                url={issue?.url}
                title={issue?.summary ?? ''}
              />
            ) : null;
            return (
              <tr key={id} role="row" className={row.isSelected ? 'crmjira-on' : ''}>
                <td role="cell" className="crmjira-box">
                  <Box
                    label={row.isUsable ? name : say('row.said', { name, state: row.text })}
                    rows={[row]}
                    onSelect={onSelect}
                  />
                </td>
                <td role="cell" className="crmjira-time">
                  {row.time}
                </td>
                <td role="cell" className="crmjira-what">
                  <button type="button" className="crmjira-linkbutton" onClick={() => onOpen(id)}>
                    {name}
                  </button>
                  {row.regarding && <small>{row.regarding}</small>}
                </td>
                <td role="cell" className="crmjira-issue">
                  {badge ?? <span className="crmjira-sub crmjira-small">{say('t.noiss')}</span>}
                </td>
                <td role="cell" className="crmjira-end">
                  {row.duration}
                </td>
                <td role="cell" className="crmjira-state">
                  <span className={`crmjira-${row.tone}`} title={row.error || undefined}>
                    <Icon name={row.icon} turning={row.state === 'syncing'} />
                    {row.text}
                  </span>
                </td>
                <td role="cell" className="crmjira-act">
                  {row.isUsable && (
                    <button type="button" aria-label={syncOf(name)} title={syncOf(name)} onClick={() => onSync(id)}>
                      <Icon name="CloudUpload" />
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
