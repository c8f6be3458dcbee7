import type { HostDefinition } from '../../contract';
import { LookupState } from '../lookup/lookup-state';
import type { Row } from '../web-api/web-api';
import { textOf } from '../web-api/row-values';
import type { Column, ColumnValue } from './column';
import { isDirty } from './column';
import { columnsOf, readColumn, writeColumn } from './record-columns';

export type NotificationLevel = 'ERROR' | 'WARNING' | 'INFO' | 'SUCCESS';

export interface Notification {
  readonly id: string;
  readonly level: NotificationLevel;
  readonly message: string;
}

export interface FieldNotification {
  readonly id: string;
  readonly message: string;
  /** An error: the record cannot be saved while it stands. */
  readonly blocks: boolean;
  /** A recommendation that can be followed: what its Apply button does. */
  readonly apply?: () => void;
}

/** Undefined: as FormXml has it. */
export interface ControlState {
  disabled?: boolean;
  visible?: boolean;
  label?: string;
  /** Option values of a choice that stay on offer; undefined: all. */
  options?: readonly number[];
}

export interface PartState {
  visible?: boolean;
  label?: string;
}

export type ProcessDisplay = 'expanded' | 'collapsed' | 'floating';

/** What stands around the tabs of a form. */
export type FormFrame = 'header' | 'command-bar' | 'tab-list' | 'process';

/** The record on the form: values, what changed, notifications. Views subscribe; scripts reach it through the client API. */
export class FormModel {
  readonly columns: ReadonlyMap<string, Column>;
  readonly notifications = new Map<string, Notification>();
  /** column → notification id → message */
  readonly fieldNotifications = new Map<string, Map<string, FieldNotification>>();
  /** What a script changed of a control: column → override. */
  readonly controlStates = new Map<string, ControlState>();
  /** What a script changed of a tab, or of a section (`tab/section`): name → override. */
  readonly partStates = new Map<string, PartState>();
  /** Parts around the tabs that a script hid; what is not here is shown. */
  readonly hidden = new Set<FormFrame>();
  /** Collapsed, only the name of the process is shown; floating, it stands where it stands expanded. */
  processDisplay: ProcessDisplay = 'expanded';
  /** Name of the tab that is shown; null until the page has chosen one. */
  openTab: string | null = null;
  etag = '';
  currency = 'CAD';
  version = 0;
  /** How often the ribbon was asked to look again. */
  ribbon = 0;
  state: 'saved' | 'saving' = 'saved';
  private readonly lookups = new Map<string, LookupState>();
  private readonly listeners = new Set<() => void>();

  constructor(
    /** empty until a new row is saved */
    public id: string,
    definition: HostDefinition,
  ) {
    this.columns = columnsOf(definition);
  }

  /** What scripts changed of the lookup of a column. */
  lookupState(column: string): LookupState {
    const known = this.lookups.get(column) ?? new LookupState();
    this.lookups.set(column, known);
    return known;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }

  refreshRibbon(): void {
    this.ribbon += 1;
    this.changed();
  }

  get isNew(): boolean {
    return this.id === '';
  }

  get isDirty(): boolean {
    return [...this.columns.values()].some(isDirty);
  }

  /** Won, lost, inactive: every column is locked. A table without states has none that closes. */
  get isClosed(): boolean {
    const state = this.number('statecode');
    return state !== null && state !== 0;
  }

  turnTo(tab: string): void {
    if (this.openTab === tab) return;
    this.openTab = tab;
    this.changed();
  }

  value(name: string): ColumnValue {
    return this.columns.get(name)?.value ?? null;
  }

  set(name: string, value: ColumnValue): void {
    const column = this.columns.get(name);
    if (!column) return;
    column.value = value;
    this.changed();
  }

  /** Takes a row as read; a column that somebody is editing keeps its value. */
  take(row: Row): void {
    for (const column of this.columns.values()) {
      const { value, formatted } = readColumn(row, column);
      const edited = isDirty(column);
      column.saved = value;
      if (!edited) {
        column.value = value;
        column.formatted = formatted;
      }
    }
    this.etag = textOf(row, '@odata.etag') ?? '';
    this.currency = currencyOf(row) ?? this.currency;
    this.changed();
  }

  /** Body of the update: what changed, unless a script said otherwise (`setSubmitMode`). */
  changes(): Row {
    const sent = [...this.columns.values()].filter(
      (column) => column.submitMode === 'always' || (column.submitMode === 'dirty' && isDirty(column)),
    );
    return Object.assign({}, ...sent.map(writeColumn));
  }

  notify(notification: Notification): void {
    this.notifications.set(notification.id, notification);
    this.changed();
  }

  clear(id: string): boolean {
    const existed = this.notifications.delete(id);
    if (existed) this.changed();
    return existed;
  }

  number(name: string): number | null {
    const value = this.value(name);
    return typeof value === 'number' ? value : null;
  }

  text(name: string): string | null {
    const value = this.value(name);
    return typeof value === 'string' ? value : null;
  }
}

function currencyOf(row: Row): string | null {
  const currency = row['transactioncurrencyid'];
  // $expand of a single-valued navigation property is a nested row or null
  if (typeof currency !== 'object' || currency === null) return null;
  const { isocurrencycode } = currency as Row;
  return typeof isocurrencycode === 'string' ? isocurrencycode : null;
}
