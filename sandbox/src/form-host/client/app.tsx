import * as React from 'react';
import type { HostDefinition } from '../contract';
import type { FormSession } from './form/form-session';
import { RecordForm, type RecordFormProps } from './form/record-form';
import type { MappingSummary } from './form/mapping';
import { OpportunityList } from './list/opportunity-list';
import { TableList } from './list/table-list';
import { type Place, useNavigation } from './navigation';
import { callHost } from './panels/host-api';
import { LogWork } from './panels/log-work';
import { Outbox } from './panels/outbox';
import { SidePanel } from './panels/side-panel';
import { WebResourceFrame } from './pages/web-resource-frame';
import { hostTheme } from './pcf/design-language';
import { RecordDialog } from './record/record-dialog';
import { RecordPage } from './record/record-page';
import { useSettings } from './settings';
import { updateRow } from './web-api/web-api';
import { Rail } from './shell/rail';
import { SiteMap } from './shell/site-map';
import { type PanelName, TopBar } from './shell/top-bar';
import { word } from './words';
import { givesUpEdits } from './xrm/message-dialog';
import type { EntityReference, PageNavigator } from './xrm/navigation-api';
import type { DialogOptions } from './xrm/web-resource-dialog';

/** A record in a dialog, and who waits for it to be closed. */
interface OpenDialog {
  readonly place: Extract<Place, { id: string }>;
  readonly options: DialogOptions;
  readonly closed: (record: EntityReference) => void;
}

/** The page: app bar, site map, a list or one form, and a pane beside it. */
export function App({ definition }: { readonly definition: HostDefinition }) {
  const [settings, change] = useSettings();
  const { language } = settings;
  const { place, go, replace, back } = useNavigation();
  const [panel, setPanel] = React.useState<PanelName | null>(null);
  const [personaId, setPersonaId] = React.useState(definition.current);
  const hasEdits = React.useRef(() => false);
  const [dialog, setDialog] = React.useState<OpenDialog | null>(null);
  const [record, setRecord] = React.useState<{ mapping: MappingSummary | null; currency: string } | null>(null);
  const theme = React.useMemo(() => hostTheme(settings.theme), [settings.theme]);
  const persona = definition.personas.find((one) => one.id === personaId) ?? definition.personas[0];
  const onMapping = React.useCallback(
    (mapping: MappingSummary | null, currency: string) => setRecord({ mapping, currency }),
    [],
  );
  React.useEffect(() => {
    if (place.page !== 'form') setRecord(null);
    if (!['form', 'record', 'new-record'].includes(place.page)) hasEdits.current = () => false;
  }, [place]);
  /** Does what would lose edits only when there are none, or the person says so. */
  const leaving = React.useCallback(
    async (then: () => void) => {
      if (!hasEdits.current() || (await givesUpEdits(language))) then();
    },
    [language],
  );
  const pageNavigator = React.useMemo(
    (): PageNavigator => ({
      go: (to) => void leaving(() => go(to)),
      replace,
      openDialog: (to, options) =>
        new Promise((closed, failed) => {
          if (to.page === 'form' || to.page === 'record') setDialog({ place: to, options, closed });
          else failed(new Error('Only a record is shown in a dialog.'));
        }),
    }),
    [go, replace, leaving],
  );
  if (!persona) return null;

  const become = async (id: string) => {
    await callHost('/host/persona', { id });
    setPersonaId(id);
  };
  /** As in Dynamics, where the language is the person's: what is written for them follows it (F-117). */
  const speak = async (wanted: typeof language) => {
    await updateRow('usersettingscollection', persona.userId, { uilanguageid: wanted });
    change({ language: wanted });
  };
  const form = { persona, language, theme, pageNavigator };
  return (
    <div className={panel ? 'page with-panel' : 'page'}>
      <a className="skip" href="#main">
        {word(language, 'skip')}
      </a>
      <TopBar
        personas={definition.personas}
        persona={persona}
        settings={settings}
        panel={panel}
        onPersona={(id) => void leaving(() => void become(id))}
        onSettings={(wanted) => {
          const chosen = wanted.language;
          if (chosen) void leaving(() => void speak(chosen));
          else change(wanted);
        }}
        onPanel={setPanel}
      />
      <Rail
        navigation={definition.navigation}
        persona={persona}
        language={language}
        place={place}
        onGo={pageNavigator.go}
      />
      <main id="main" tabIndex={-1}>
        {place.page === 'web-resource' ? (
          <WebResourceFrame
            key={`${place.name}-${persona.id}-${language}-${settings.theme}`}
            name={place.name}
            recordId={place.id}
            data={place.data}
            definition={definition}
            persona={persona}
            settings={settings}
            pageNavigator={pageNavigator}
          />
        ) : place.page === 'site-map' ? (
          <SiteMap navigation={definition.navigation} persona={persona} language={language} onGo={pageNavigator.go} />
        ) : place.page === 'list' ? (
          <OpportunityList key={persona.id} definition={definition} {...form} />
        ) : place.page === 'table' ? (
          <TableList
            key={`${place.table}-${persona.id}-${language}-${place.viewId}`}
            table={place.table}
            viewId={place.viewId}
            definition={definition}
            {...form}
          />
        ) : (
          <FormAt
            {...form}
            key={`${place.page === 'new-record' ? 'new' : place.id}-${persona.id}-${language}`}
            place={place}
            host={definition}
            onBack={back}
            onMapping={onMapping}
            hasEdits={hasEdits}
          />
        )}
      </main>
      {panel === 'log-work' && (
        <SidePanel title={word(language, 'logWork')} language={language} onClose={() => setPanel(null)}>
          <LogWork
            language={language}
            currency={record?.currency ?? 'CAD'}
            mapping={record?.mapping ?? null}
            onForm={place.page === 'form'}
          />
        </SidePanel>
      )}
      {panel === 'outbox' && (
        <SidePanel title={word(language, 'outbox')} language={language} onClose={() => setPanel(null)}>
          <Outbox language={language} />
        </SidePanel>
      )}
      {dialog && <FormInDialog {...form} dialog={dialog} host={definition} onClosed={() => setDialog(null)} />}
    </div>
  );
}

interface FormAtProps extends Omit<RecordFormProps, 'definition' | 'id'> {
  readonly place: OpenDialog['place'] | Extract<Place, { page: 'new-record' }>;
  readonly host: HostDefinition;
}

/** The form of a row: the Opportunity's is known from the start, the solution's tables bring theirs. */
function FormAt({ place, host, ...props }: FormAtProps) {
  if (place.page === 'new-record')
    return <RecordPage {...props} table={place.table} id="" values={place.values} host={host} />;
  if (place.page === 'record') return <RecordPage {...props} table={place.table} id={place.id} host={host} />;
  return <RecordForm {...props} id={place.id} definition={host} />;
}

interface FormInDialogProps extends Omit<FormAtProps, 'place' | 'onBack' | 'hasEdits'> {
  readonly dialog: OpenDialog;
  readonly onClosed: () => void;
}

function FormInDialog({ dialog, onClosed, ...props }: FormInDialogProps) {
  const { place, options, closed } = dialog;
  const hasEdits = React.useRef(() => false);
  const session = React.useRef<FormSession | null>(null);
  const onOpened = React.useCallback((opened: FormSession) => {
    session.current = opened;
  }, []);
  const close = React.useCallback(() => {
    const entityType = place.page === 'record' ? place.table : 'opportunity';
    closed(session.current?.formContext.data.entity.getEntityReference() ?? { entityType, id: place.id, name: '' });
    onClosed();
  }, [closed, onClosed, place]);
  return (
    <RecordDialog language={props.language} options={options} hasEdits={hasEdits} onClose={close}>
      <FormAt {...props} place={place} onBack={close} onOpened={onOpened} hasEdits={hasEdits} />
    </RecordDialog>
  );
}
