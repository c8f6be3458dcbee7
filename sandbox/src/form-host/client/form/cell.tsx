import * as React from 'react';
import type { FormCell } from '../../contract';
import { labelIn } from '../language';
import { type Place, recordPlace } from '../navigation';
import { Icon } from '../platform/icons';
import { ControlCell } from '../pcf/control-cell';
import { PlaceLink } from '../sub-grid/grid';
import { SubGrid } from '../sub-grid/sub-grid';
import { Timeline } from '../timeline/timeline';
import { hasPages } from '../web-api/tables';
import { word } from '../words';
import { type ColumnValue, isLookup } from './column';
import { Field } from './field';
import { LookupCommands } from './lookup-commands';
import type { FormSession } from './form-session';
import type { HostTheme } from '../pcf/design-language';

export interface CellProps {
  readonly cell: FormCell;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** One cell of the form: a native field with its label, a code component, or the timeline. */
export function Cell({ cell, session, theme }: CellProps) {
  const { control } = cell;
  const { model, parts } = session;
  if (!control || !cell.visible) return null;
  if (control.kind === 'timeline') return <Timeline session={session} />;
  if (control.subGrid) {
    const grid = model.controlStates.get(control.id);
    const label = grid?.label ?? labelIn(parts.language, cell.label);
    return grid?.visible === false ? null : <SubGrid control={control} label={label} session={session} theme={theme} />;
  }
  if (control.custom)
    return <ControlCell placement={control.custom} control={control} session={session} theme={theme} />;
  const column = control.column ? model.columns.get(control.column) : undefined;
  if (!column || column.kind === 'unknown') return null;
  const state = model.controlStates.get(column.name);
  if (state?.visible === false) return null;
  const locked = session.isReadOnly(column.name);
  const readOnly = state?.disabled ?? locked;
  return (
    <FieldCell
      name={column.name}
      label={state?.label ?? labelIn(parts.language, cell.label)}
      session={session}
      readOnly={readOnly}
      locked={locked}
    />
  );
}

export interface FieldCellProps {
  readonly name: string;
  readonly label: string;
  readonly session: FormSession;
  readonly readOnly: boolean;
  readonly locked: boolean;
  /** Why it must be filled here, where the column itself may be empty. */
  readonly requiredBecause?: string;
  /** Where the same column stands twice on the page, ids must differ. */
  readonly place?: string;
}

export function FieldCell({ name, label, session, readOnly, locked, requiredBecause, place = '' }: FieldCellProps) {
  const { model, parts } = session;
  const column = model.columns.get(name);
  if (!column) return null;
  const id = `${place}field-${name}`;
  const messages = [...(model.fieldNotifications.get(name)?.values() ?? [])];
  const messageId = `${id}-message`;
  const masked = session.isMasked(name);
  const record = masked ? null : recordIn(column.value);
  const lockedBy = word(parts.language, masked ? 'masked' : 'locked');
  const native = ['lookup', 'status', 'unknown'].includes(column.kind);
  return (
    <div className="field">
      <label id={`${id}-label`} htmlFor={id} className="field-label">
        <span>{label}</span>
        {((column.required === 'required' && !readOnly) || requiredBecause) && (
          <span className="required" title={requiredBecause ?? word(parts.language, 'required')}>
            <span aria-hidden="true">*</span>
            {requiredBecause && <span className="visually-hidden"> {requiredBecause}</span>}
          </span>
        )}
        {(masked || (locked && !native)) && (
          <span className="lock" title={lockedBy}>
            <Icon name="Lock" />
            <span className="visually-hidden"> ({lockedBy})</span>
          </span>
        )}
      </label>
      <div className="field-value">
        {record && isLookup(column.value) ? (
          <span className="input record-link">
            <PlaceLink
              place={record}
              text={column.value.name}
              id={id}
              labelledBy={`${id}-label ${id}`}
              onGo={parts.pageNavigator.go}
            />
          </span>
        ) : (
          <Field
            id={id}
            column={column}
            language={parts.language}
            currency={model.currency}
            readOnly={readOnly}
            masked={masked}
            asCheckbox={place !== ''}
            invalid={messages.some((message) => message.blocks)}
            describedBy={messages.length > 0 ? messageId : undefined}
            offered={model.controlStates.get(name)?.options}
            onChange={(value) => session.change(name, value)}
          />
        )}
        {column.kind === 'lookup' && !readOnly && !masked && (
          <LookupCommands column={column} label={label} session={session} />
        )}
        {messages.length > 0 && (
          <div id={messageId} className="field-message" role="alert">
            {messages.map(({ id: key, message, blocks, apply }) => (
              <p key={key} className={blocks ? undefined : 'recommendation'}>
                <Icon name={blocks ? 'ErrorBadge' : 'Warning'} /> {message}
                {apply && (
                  <button type="button" className="button small-button" onClick={apply}>
                    {word(parts.language, 'apply')}
                  </button>
                )}
              </p>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Form of the row that a lookup holds; null for another value, or a table whose rows this page does not open. */
function recordIn(value: ColumnValue): Place | null {
  return isLookup(value) && hasPages(value.entityType) ? recordPlace(value.entityType, value.id) : null;
}
