import * as React from 'react';
import type { HostDefinition, Persona } from '../../contract';
import { type Language, labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import { AssociatedGrid } from '../sub-grid/associated-grid';
import { Timeline } from '../timeline/timeline';
import { useModel } from '../use-session';
import { word } from '../words';
import { givesUpEdits } from '../xrm/message-dialog';
import type { PageNavigator } from '../xrm/navigation-api';
import { tabKey } from '../xrm/part-api';
import { FormCommandBar } from './command-bar';
import { FormHeader } from './form-header';
import { ASSOCIATED_TAB, FormSession } from './form-session';
import { type MappingSummary, readMapping } from './mapping';
import { Notifications } from './notifications';
import { ProcessBar } from './process-bar';
import { TabBody } from './section';
import { Tabs } from './tabs';
import { problemText } from '../web-api/problem-text';

export interface RecordFormProps {
  /** empty: a new row */
  readonly id: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
  readonly onBack: () => void;
  /** Set while a form is open: asked before something would lose what was typed. */
  readonly hasEdits: React.MutableRefObject<() => boolean>;
  /** Called once the record is shown. */
  readonly onOpened?: (session: FormSession) => void;
  /** The opportunity that panels beside the form are about. */
  readonly onMapping?: (mapping: MappingSummary | null, currency: string) => void;
}

const relatedTab = 'related';

/** The main form of a table; opened anew for another record, person or language. */
export function RecordForm(props: RecordFormProps) {
  const { id, values, definition, persona, language, pageNavigator, onBack } = props;
  const [session, setSession] = React.useState<FormSession | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  const [attempt, setAttempt] = React.useState(0);

  React.useEffect(() => {
    setSession(null);
    setProblem(null);
    const opened = new FormSession({ id, values, definition, persona, language, pageNavigator, close: onBack });
    const warn = (event: BeforeUnloadEvent) => {
      if (opened.model.isDirty) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    let current = true;
    opened.open().then(
      () => current && setSession(opened),
      (error: unknown) => current && setProblem(problemText(error, language)),
    );
    return () => {
      current = false;
      window.removeEventListener('beforeunload', warn);
      opened.close();
    };
  }, [id, values, definition, persona, language, pageNavigator, onBack, attempt]);

  if (problem)
    return (
      <div className="card section" role="alert">
        <h1>{word(language, 'failed')}</h1>
        <p>{problem}</p>
        <p>
          <button type="button" className="button" onClick={() => setAttempt((count) => count + 1)}>
            {word(language, 'retry')}
          </button>
        </p>
      </div>
    );
  if (!session)
    return (
      <p className="card section" role="status">
        {word(language, 'loading')}
      </p>
    );
  return <OpenForm {...props} session={session} />;
}

/** Ctrl+S saves the form that lies on top; what is being typed is taken as if the field were left. */
function useSaveByKey(session: FormSession, panel: React.RefObject<HTMLElement>): void {
  React.useEffect(() => {
    const save = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      const over = [...document.querySelectorAll('dialog[open]')].pop();
      if (!session.isEditable || session.model.state === 'saving' || over?.contains(panel.current) === false) return;
      const field = document.activeElement;
      if (field instanceof HTMLInputElement) {
        field.blur();
        field.focus();
      }
      void session.save();
    };
    document.addEventListener('keydown', save);
    return () => document.removeEventListener('keydown', save);
  }, [session, panel]);
}

function OpenForm({
  hasEdits,
  session,
  definition,
  language,
  theme,
  onBack,
  onMapping,
  onOpened,
}: RecordFormProps & { session: FormSession }) {
  const model = useModel(session.model);
  const tabs = definition.form.tabs.filter((one) => model.partStates.get(tabKey(one))?.visible ?? one.visible);
  const withControls = tabs.find((tab) => JSON.stringify(tab).includes('"custom":{'));
  if (model.openTab === null) model.openTab = (withControls ?? tabs[0])?.name ?? relatedTab;
  const [mapping, setMapping] = React.useState<MappingSummary | null>(null);
  const key = model.text('crmjira_jira_project_key');
  const { etag } = model;
  const isOpportunity = definition.table.name === 'opportunity';
  const name = model.text(definition.table.primaryName) ?? '';
  const kind = labelIn(language, definition.table.label);

  React.useEffect(() => {
    if (!isOpportunity) return undefined;
    let current = true;
    readMapping(session.parts.id).then(
      (found) => current && setMapping(found),
      // a role without read on mappings has a form without the Jira commands
      () => current && setMapping(null),
    );
    return () => {
      current = false;
    };
  }, [isOpportunity, session, key, etag]);
  React.useEffect(() => {
    hasEdits.current = () => model.isDirty;
  }, [hasEdits, model]);
  React.useEffect(() => onOpened?.(session), [onOpened, session]);
  React.useEffect(() => onMapping?.(mapping, model.currency), [mapping, model.currency, onMapping]);
  React.useEffect(() => {
    document.title = `${name} - ${kind}`;
  });

  const leave = async () => {
    if (!model.isDirty || (await givesUpEdits(language))) onBack();
  };
  const panel = React.useRef<HTMLDivElement>(null);
  useSaveByKey(session, panel);
  const tab = tabs.find((one) => one.name === model.openTab);
  const { associated } = session;
  const showsAssociated = associated !== null && model.openTab === ASSOCIATED_TAB;
  const selected = tab?.id ?? (showsAssociated ? ASSOCIATED_TAB : relatedTab);
  const select = (id: string) =>
    model.turnTo(tabs.find((one) => one.id === id)?.name ?? (id === ASSOCIATED_TAB ? id : relatedTab));
  const items = [
    ...tabs.map((one) => ({
      id: one.id,
      label: model.partStates.get(tabKey(one))?.label ?? labelIn(language, one.label),
    })),
    // The platform's own related list stands behind every form; this page has one for opportunities.
    ...(isOpportunity ? [{ id: relatedTab, label: word(language, 'timeline') }] : []),
    ...(associated ? [{ id: ASSOCIATED_TAB, label: labelIn(language, associated.table.collectionLabel) }] : []),
  ];
  return (
    <>
      {!model.hidden.has('command-bar') && (
        <FormCommandBar session={session} theme={theme} onBack={() => void leave()} onLeft={onBack} />
      )}
      <Notifications session={session} />
      <div className="card">
        <FormHeader session={session} />
        {session.process && !model.hidden.has('process') && (
          <ProcessBar session={session} process={session.process} isCollapsed={model.processDisplay === 'collapsed'} />
        )}
        {!model.hidden.has('tab-list') && <Tabs label={kind} items={items} selected={selected} onSelect={select} />}
      </div>
      <div ref={panel} role="tabpanel" id={`panel-${selected}`} aria-labelledby={`tab-${selected}`}>
        {tab && <TabBody tab={tab} session={session} theme={theme} />}
        {!tab && showsAssociated && <AssociatedGrid grid={associated} onGo={session.parts.pageNavigator.go} />}
        {!tab && !showsAssociated && <Timeline session={session} isPage />}
      </div>
    </>
  );
}
