import type { HostDefinition, Persona, RibbonFormState } from '../../contract';
import { type Language, labelIn } from '../language';
import { recordPlace } from '../navigation';
import { openLookup } from '../lookup/open-lookup';
import type { RibbonContext } from '../ribbon/ribbon-context';
import { loadRibbonScripts } from '../ribbon/visible-buttons';
import { columnRights } from '../security/column-security';
import { readAccess } from '../security/access';
import { hasRight } from '../security/entity-privilege';
import { associatedGrid, formGrids } from '../sub-grid/form-grids';
import type { GridModel } from '../sub-grid/grid-model';
import { entitySetOf } from '../web-api/tables';
import { type Row, WebApiError, createRow, readRow, updateRow } from '../web-api/web-api';
import { word } from '../words';
import { type HostFormContext, createFormContext } from '../xrm/form-context';
import type { HandlerList } from '../xrm/handler-list';
import type { PageNavigator } from '../xrm/navigation-api';
import { startScripts } from '../xrm/run-handlers';
import { postSaveArguments, saveArguments, saveModes } from '../xrm/save-events';
import { ScriptEvents, dataLoadStates, executionContext, loadArguments } from '../xrm/script-events';
import { createXrm } from '../xrm/xrm-global';
import { stageApi } from '../xrm/process-api';
import type { ColumnValue } from './column';
import { setDefaultValues } from './default-values';
import { displayText } from './display-text';
import { FormModel } from './form-model';
import { ProcessController, type StageChange, type StatusChange } from './process-controller';
import { selectOf } from './record-columns';
import { labelOfColumn } from './labels';
import type { SaveProblem } from './save-problem';
import { problemText } from '../web-api/problem-text';

/** Milliseconds between two looks at the row: new figures stand on the form within 5 s of their webhook. */
const pollEvery = 3_000;

/** Name of the tab that shows an associated grid; no tab of a form is named so. */
export const ASSOCIATED_TAB = 'host.associated';

export interface SessionParts {
  /** empty: a new row */
  readonly id: string;
  /** What a new row begins with: column → text. */
  readonly values?: Readonly<Record<string, string>>;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  /** Leaves the form, for what was before. */
  readonly close: () => void;
  readonly pageNavigator: PageNavigator;
}

/** One opened record: its values, its process, its scripts, and the polling that keeps them fresh. */
export class FormSession {
  readonly model: FormModel;
  readonly process: ProcessController | null;
  readonly events: ScriptEvents;
  readonly formContext: HostFormContext;
  /** sub-grids by the names of their controls */
  readonly grids: ReadonlyMap<string, GridModel>;
  /** Associated grid of the sub-grid that a script asked for; null while there was none. */
  associated: GridModel | null = null;
  /** What the person may do with this row, such as `WriteAccess`. */
  access: ReadonlySet<string> = new Set();
  /** Columns that FormXml locks wherever it places them. */
  private readonly locked: ReadonlySet<string>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(readonly parts: SessionParts) {
    const { definition } = parts;
    this.model = new FormModel(parts.id, definition);
    this.events = new ScriptEvents(parts.close);
    this.process = definition.process
      ? new ProcessController(this.model, definition.process, definition.processEntitySet, () => this.save())
      : null;
    this.grids = formGrids({
      definition,
      model: this.model,
      language: parts.language,
      onLoad: (control) => this.fireGridLoad(control),
    });
    this.formContext = createFormContext({
      model: this.model,
      process: this.process,
      events: this.events,
      language: parts.language,
      persona: parts.persona,
      table: definition.table,
      form: { id: definition.form.id, label: labelIn(parts.language, definition.form.name) },
      tabs: definition.form.tabs,
      grids: this.grids,
      related: definition.related ?? {},
      isWritable: () => this.isWritable,
      isReadOnly: (column) => this.isReadOnly(column),
      save: (mode) => this.trySave(mode),
      refresh: () => this.refresh(),
      openRelatedGrid: (control) => this.openRelatedGrid(control),
      fireOnChange: (column) => this.fireOnChange(column),
      labelOf: (column) => labelOfColumn(definition, column, parts.language),
    });
    this.process?.preHandlers.add((change) => this.fireStage(change, 'pre'));
    this.process?.changeHandlers.add((change) => this.fireStage(change, 'after'));
    this.process?.preStatusHandlers.add((change) => this.fireStatus(change, this.events.onPreProcessStatusChange));
    this.process?.statusHandlers.add((change) => this.fireStatus(change, this.events.onProcessStatusChange));
    this.locked = lockedColumns(definition);
    this.watchTabs();
  }

  /** Reads record and process, then runs the form's own scripts. */
  async open(): Promise<void> {
    const { isNew } = this.model;
    if (isNew) setDefaultValues(this.model, this.parts.values ?? {}, this.parts.persona);
    await Promise.all([
      this.refresh(dataLoadStates.initial),
      isNew ? undefined : this.process?.read(),
      this.readAccess(),
    ]);
    // Scripts find the client API where a model-driven app puts it: on the page's global object.
    Object.assign(window, { Xrm: createXrm({ ...this.parts, formContext: this.formContext }) });
    await startScripts(this.parts.definition.form, this.events, this.formContext);
    const { ribbon, related = {} } = this.parts.definition;
    const buttons = Object.values(related).flatMap((table) => table.ribbon.subGrid);
    await loadRibbonScripts([...ribbon.form, ...buttons]);
    this.events.onLoaded.run('loaded', executionContext(this.formContext, this.formContext));
    if (!this.stopped && !isNew) this.schedule();
  }

  /** What the form's own command bar is about. */
  get ribbonContext(): RibbonContext {
    const { definition, language } = this.parts;
    return {
      primaryControl: this.formContext,
      primaryTable: definition.table.name,
      primaryIds: this.model.isNew ? [] : [this.model.id],
      list: null,
      form: { state: this.ribbonState, valueOf: (column) => this.model.columns.get(column)?.value },
      language,
    };
  }

  /** Another owner, role or share changes it: asked anew with every Refresh of a person. */
  async readAccess(): Promise<void> {
    const { persona, definition } = this.parts;
    if (this.model.isNew)
      this.access = new Set(hasRight(persona, definition.table.name, 'Create') ? ['WriteAccess'] : []);
    else this.access = await readAccess(persona.userId, this.address);
  }

  /** The person may change this row, as far as it is open. */
  get isWritable(): boolean {
    return this.access.has('WriteAccess');
  }

  get isEditable(): boolean {
    return this.isWritable && !this.model.isClosed;
  }

  /** Says above the form why nothing can be changed; null while it can. */
  get readOnlyBecause(): string | null {
    const { language } = this.parts;
    const state = this.model.columns.get('statecode');
    if (this.model.isClosed && state)
      return word(language, 'readOnlyState', { state: displayText(state, language, this.model.currency) });
    return this.isWritable ? null : word(language, 'readOnlyRole');
  }

  private get ribbonState(): RibbonFormState {
    if (this.model.isClosed) return 'Disabled';
    if (!this.isWritable) return 'ReadOnly';
    return this.model.isNew ? 'Create' : 'Existing';
  }

  close(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** @param state why, as scripts are told */
  async refresh(state: number = dataLoadStates.refresh): Promise<void> {
    const row = this.model.isNew ? null : await readRow(`${this.address}?${this.columns}`);
    if (row) this.model.take(row);
    const context = executionContext(this.formContext, this.formContext, loadArguments(state));
    this.events.onDataLoad.run('data onload', context);
  }

  change(column: string, value: ColumnValue): void {
    this.model.set(column, value);
    this.fireOnChange(column);
  }

  /** Lets the person search the row that a lookup is to hold. */
  async lookUp(column: string, label: string): Promise<void> {
    const { language } = this.parts;
    const state = this.model.lookupState(column);
    const tables = state.entityTypes ?? this.model.columns.get(column)?.facts?.targets ?? [];
    const preSearch = () => {
      const context = executionContext(this.formContext, this.formContext.getControl(column));
      this.events.onPreSearch(column).run(`presearch of ${column}`, context);
    };
    const [chosen] = await openLookup({
      language,
      title: word(language, 'lookupOf', { label }),
      tables,
      viewId: state.defaultViewId,
      customViews: state.customViews.filter(({ table }) => tables.includes(table)),
      filters: () => state.collect(preSearch),
    });
    if (chosen) this.change(column, chosen);
  }

  fireOnChange(column: string): void {
    const context = executionContext(this.formContext, this.formContext.getAttribute(column));
    this.events.onChange(column).run(`onchange of ${column}`, context);
  }

  /** The person's rights, FormXml, column security or the record's state keep this column from being edited. */
  isReadOnly(column: string): boolean {
    if (!this.isEditable || this.locked.has(column)) return true;
    return !this.rightsOn(column).editable;
  }

  /** Column security keeps this column from being read. */
  isMasked(column: string): boolean {
    return !this.rightsOn(column).readable;
  }

  private rightsOn(column: string) {
    const { persona, definition } = this.parts;
    const facts = definition.columns[column] ?? null;
    return columnRights(persona, definition.table.name, column, facts, this.model.isNew);
  }

  /** Of the row, in the Web API. */
  private get address(): string {
    return `${entitySetOf(this.parts.definition.table.name)}(${this.model.id})`;
  }

  private get columns(): string {
    return selectOf(this.model.columns.values(), this.parts.definition);
  }

  /** @returns false when it was not saved; the reason stands in the notifications */
  async save(mode: number = saveModes.save): Promise<boolean> {
    return (await this.trySave(mode)) === null;
  }

  private async trySave(mode: number): Promise<SaveProblem | null> {
    const { state, args } = saveArguments(mode);
    const context = executionContext(this.formContext, this.formContext.data.entity, args);
    const failed = await this.events.onSave.runAndWait('onsave', context, () => state.patient);
    if (state.prevented || (failed && state.preventedOnError)) return { errorCode: 0, message: 'preventDefault' };
    const { isNew } = this.model;
    const problem = await this.write();
    const after = postSaveArguments(problem, this.formContext.data.entity.getEntityReference());
    this.events.onPostSave.run('onpostsave', executionContext(this.formContext, this.formContext.data.entity, after));
    const saved = recordPlace(this.parts.definition.table.name, this.model.id);
    if (isNew && problem === null && saved) this.parts.pageNavigator.replace(saved);
    return problem;
  }

  private async write(): Promise<SaveProblem | null> {
    const { language } = this.parts;
    const blocked = this.blockedBy();
    if (blocked) {
      this.model.notify({ id: 'host.save', level: 'ERROR', message: blocked });
      return { errorCode: 0, message: blocked };
    }
    this.model.clear('host.save');
    const changes = this.model.changes();
    if (Object.keys(changes).length === 0 && !this.model.isNew) return null;
    this.model.state = 'saving';
    this.model.changed();
    try {
      await this.store(changes);
      for (const column of this.model.columns.values()) column.saved = column.value;
      await this.refresh(dataLoadStates.save);
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = word(language, 'saveFailed', { reason: problemText(error, language) });
      this.model.notify({ id: 'host.save', level: 'ERROR', message });
      return { errorCode: error instanceof WebApiError ? error.errorCode : 0, message: reason };
    } finally {
      this.model.state = 'saved';
      this.model.changed();
    }
  }

  private async store(changes: Row): Promise<void> {
    const entitySet = entitySetOf(this.parts.definition.table.name);
    if (this.model.isNew) this.model.id = await createRow(entitySet, changes);
    else await updateRow(entitySet, this.model.id, changes);
  }

  private blockedBy(): string | null {
    const { definition, language } = this.parts;
    for (const column of this.model.columns.values()) {
      const label = labelOfColumn(definition, column.name, language);
      if (column.required === 'required' && (column.value === null || column.value === ''))
        return word(language, 'requiredMissing', { label });
      if (column.invalid !== null) return column.invalid || label;
    }
    const messages = [...this.model.fieldNotifications.values()].flatMap((notifications) => [
      ...notifications.values(),
    ]);
    return messages.find((notification) => notification.blocks)?.message ?? null;
  }

  /** A stage's steps were opened: it is the selected one until they close. */
  selectStage(stageId: string | null): void {
    const { process } = this;
    if (!process) return;
    process.selectedStageId = stageId;
    const stage = process.definition.stages.find((one) => one.id === stageId);
    if (!stage) return;
    const args = { getStage: () => stageApi(stage, process) };
    this.events.onStageSelected.run('stage selected', executionContext(this.formContext, process, args));
  }

  /** Scripts hear of a tab that opens or closes, whoever turned to another. */
  private watchTabs(): void {
    let shown = this.model.openTab;
    this.model.subscribe(() => {
      const { openTab } = this.model;
      if (openTab === shown) return;
      const turned = [shown, openTab];
      shown = openTab;
      for (const name of turned) {
        if (name === null) continue;
        const context = executionContext(this.formContext, this.formContext.ui.tabs.get(name));
        this.events.onTabStateChange(name).run('tab state change', context);
      }
    });
  }

  private openRelatedGrid(control: string): void {
    this.associated = associatedGrid(control, this.parts, this.model);
    if (this.associated === null) return;
    this.model.openTab = ASSOCIATED_TAB;
    this.model.changed();
  }

  private fireGridLoad(control: string): void {
    const source = this.formContext.getControl(control);
    this.events.onGridLoad(control).run(`onload of ${control}`, executionContext(this.formContext, source));
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

  private fireStatus(change: StatusChange, handlers: HandlerList): void {
    const args = {
      getStatus: () => change.status,
      preventDefault: () => (change.prevented = true),
      isDefaultPrevented: () => change.prevented,
    };
    handlers.run('process status change', executionContext(this.formContext, this.process, args));
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.poll(), pollEvery);
  }

  /** Looks whether somebody else changed the row; what is being edited stays as it is. */
  private async poll(): Promise<void> {
    try {
      if (document.visibilityState === 'visible' && !this.process?.moving && this.model.state === 'saved') {
        const row = await readRow(`${this.address}?${this.columns}`, this.model.etag || undefined);
        if (row) this.model.take(row);
        await this.process?.read();
      }
      this.model.clear('host.poll');
    } catch (error) {
      const { language } = this.parts;
      const message = `${word(language, 'failed')}: ${problemText(error, language)}`;
      this.model.notify({ id: 'host.poll', level: 'WARNING', message });
    }
    if (!this.stopped) this.schedule();
  }
}

function lockedColumns({ form }: HostDefinition): ReadonlySet<string> {
  const cells = form.tabs.flatMap((tab) =>
    tab.columns.flatMap((column) => column.sections.flatMap((section) => section.rows.flat())),
  );
  return new Set(cells.flatMap(({ control }) => (control?.disabled && control.column ? control.column : [])));
}
