import type { HostDefinition, Persona } from '../../contract';
import type { Language } from '../language';
import { readRow, updateRow } from '../web-api/web-api';
import { word } from '../words';
import { type HostFormContext, createFormContext } from '../xrm/form-context';
import { startScripts } from '../xrm/run-handlers';
import { ScriptEvents, executionContext } from '../xrm/script-events';
import { createXrm } from '../xrm/xrm-global';
import { stageApi } from '../xrm/process-api';
import type { ColumnValue } from './column';
import { FormModel } from './form-model';
import { ProcessController, type StageChange } from './process-controller';
import { selectOf } from './record-columns';
import { loadRibbonScripts } from './ribbon';
import { labelOfColumn } from './labels';

/** Milliseconds between two looks at the row: new figures stand on the form within 5 s of their webhook. */
const pollEvery = 3_000;

export interface SessionParts {
  readonly id: string;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly close: () => void;
}

/** One opened record: its values, its process, its scripts, and the polling that keeps them fresh. */
export class FormSession {
  readonly model: FormModel;
  readonly process: ProcessController | null;
  readonly events: ScriptEvents;
  readonly formContext: HostFormContext;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(readonly parts: SessionParts) {
    const { definition } = parts;
    this.model = new FormModel(parts.id, definition);
    this.events = new ScriptEvents(parts.close);
    this.process = definition.process
      ? new ProcessController(this.model, definition.process, definition.processEntitySet, () => this.save())
      : null;
    this.formContext = createFormContext({
      model: this.model,
      process: this.process,
      events: this.events,
      language: parts.language,
      save: () => this.save(),
      refresh: () => this.refresh(),
      fireOnChange: (column) => this.fireOnChange(column),
      labelOf: (column) => labelOfColumn(definition, column, parts.language),
    });
    this.process?.preHandlers.add((change) => this.fireStage(change, 'pre'));
    this.process?.changeHandlers.add((change) => this.fireStage(change, 'after'));
  }

  /** Reads record and process, then runs the form's own scripts. */
  async open(): Promise<void> {
    await Promise.all([this.refresh(), this.process?.read()]);
    // Scripts find the client API where a model-driven app puts it: on the page's global object.
    Object.assign(window, { Xrm: createXrm(this.parts) });
    await startScripts(this.parts.definition.form, this.events, this.formContext);
    await loadRibbonScripts(this.parts.definition.ribbon);
    if (!this.stopped) this.schedule();
  }

  close(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async refresh(): Promise<void> {
    const row = await readRow(`opportunities(${this.parts.id})?${selectOf(this.model.columns.values())}`);
    if (row) this.model.take(row);
    this.events.onDataLoad.run('data onload', executionContext(this.formContext, this.formContext));
  }

  change(column: string, value: ColumnValue): void {
    this.model.set(column, value);
    this.fireOnChange(column);
  }

  fireOnChange(column: string): void {
    const context = executionContext(this.formContext, this.formContext.getAttribute(column));
    this.events.onChange(column).run(`onchange of ${column}`, context);
  }

  /** @returns false when it was not saved; the reason stands in the notifications */
  async save(): Promise<boolean> {
    const { language } = this.parts;
    const stop = { prevented: false };
    const args = {
      preventDefault: () => (stop.prevented = true),
      isDefaultPrevented: () => stop.prevented,
      getSaveMode: () => 1,
    };
    this.events.onSave.run('onsave', executionContext(this.formContext, this.formContext, args));
    const blocked = this.blockedBy();
    if (stop.prevented || blocked) {
      if (blocked) this.model.notify({ id: 'host.save', level: 'ERROR', message: blocked });
      return false;
    }
    this.model.clear('host.save');
    if (!this.model.isDirty) return true;
    this.model.state = 'saving';
    this.model.changed();
    try {
      await updateRow('opportunities', this.parts.id, this.model.changes());
      for (const column of this.model.columns.values()) column.saved = column.value;
      await this.refresh();
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.model.notify({ id: 'host.save', level: 'ERROR', message: word(language, 'saveFailed', { reason }) });
      return false;
    } finally {
      this.model.state = 'saved';
      this.model.changed();
    }
  }

  private blockedBy(): string | null {
    const { definition, language } = this.parts;
    for (const column of this.model.columns.values())
      if (column.required === 'required' && (column.value === null || column.value === ''))
        return word(language, 'requiredMissing', { label: labelOfColumn(definition, column.name, language) });
    const messages = [...this.model.fieldNotifications.values()].flatMap((notifications) => [
      ...notifications.values(),
    ]);
    return messages.find((notification) => notification.blocks)?.message ?? null;
  }

  private fireStage(change: StageChange, moment: 'pre' | 'after'): void {
    if (!this.process) return;
    const stage = stageApi(change.stage, this.process);
    const args = {
      getDirection: () => change.direction,
      getStage: () => stage,
      preventDefault: () => (change.prevented = true),
      isDefaultPrevented: () => change.prevented,
    };
    const list = moment === 'pre' ? this.events.onPreStageChange : this.events.onStageChange;
    list.run('stage change', executionContext(this.formContext, this.process, args));
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.poll(), pollEvery);
  }

  /** Looks whether somebody else changed the row; what is being edited stays as it is. */
  private async poll(): Promise<void> {
    try {
      if (document.visibilityState === 'visible' && !this.process?.moving && this.model.state === 'saved') {
        const address = `opportunities(${this.parts.id})?${selectOf(this.model.columns.values())}`;
        const row = await readRow(address, this.model.etag || undefined);
        if (row) this.model.take(row);
        await this.process?.read();
      }
      this.model.clear('host.poll');
    } catch (error) {
      const message = `${word(this.parts.language, 'failed')}: ${error instanceof Error ? error.message : ''}`;
      this.model.notify({ id: 'host.poll', level: 'WARNING', message });
    }
    if (!this.stopped) this.schedule();
  }
}
