import * as React from 'react';
import type { HostDefinition } from '../contract';
import { OpportunityForm } from './form/opportunity-form';
import type { MappingSummary } from './form/mapping';
import { OpportunityList } from './list/opportunity-list';
import { useNavigation } from './navigation';
import { callHost } from './panels/host-api';
import { LogWork } from './panels/log-work';
import { Outbox } from './panels/outbox';
import { SidePanel } from './panels/side-panel';
import { WebResourceFrame } from './pages/web-resource-frame';
import { hostTheme } from './pcf/design-language';
import { PortfolioPage } from './portfolio/portfolio-page';
import { useSettings } from './settings';
import { Rail } from './shell/rail';
import { type PanelName, TopBar } from './shell/top-bar';
import { word } from './words';

/** The page: app bar, site map, the list or one form, and a pane beside it. */
export function App({ definition }: { readonly definition: HostDefinition }) {
  const [settings, change] = useSettings();
  const { language } = settings;
  const [place, go] = useNavigation();
  const [panel, setPanel] = React.useState<PanelName | null>(null);
  const [personaId, setPersonaId] = React.useState(definition.current);
  const hasEdits = React.useRef(() => false);
  const [record, setRecord] = React.useState<{ mapping: MappingSummary | null; currency: string } | null>(null);
  const theme = React.useMemo(() => hostTheme(settings.theme), [settings.theme]);
  const persona = definition.personas.find((one) => one.id === personaId) ?? definition.personas[0];
  const toList = React.useCallback(() => go({ page: 'list' }), [go]);
  const onMapping = React.useCallback(
    (mapping: MappingSummary | null, currency: string) => setRecord({ mapping, currency }),
    [],
  );
  React.useEffect(() => {
    if (place.page === 'form') return;
    setRecord(null);
    hasEdits.current = () => false;
  }, [place]);
  if (!persona) return null;

  /** Does what would lose edits only when there are none, or the person says so. */
  const leaving = (then: () => void) => {
    if (!hasEdits.current() || window.confirm(word(language, 'discardQuestion'))) then();
  };
  const become = async (id: string) => {
    await callHost('/host/persona', { id });
    setPersonaId(id);
  };
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
        onPersona={(id) => leaving(() => void become(id))}
        onSettings={(wanted) => (wanted.language ? leaving(() => change(wanted)) : change(wanted))}
        onPanel={setPanel}
      />
      <Rail navigation={definition.navigation} language={language} place={place} onGo={(to) => leaving(() => go(to))} />
      <main id="main" tabIndex={-1}>
        {place.page === 'web-resource' ? (
          <WebResourceFrame
            key={`${place.name}-${persona.id}-${language}-${settings.theme}`}
            name={place.name}
            recordId={place.id}
            definition={definition}
            persona={persona}
            settings={settings}
          />
        ) : place.page === 'list' ? (
          <OpportunityList
            key={persona.id}
            definition={definition}
            language={language}
            onOpen={(id) => go({ page: 'form', id })}
          />
        ) : place.page === 'portfolio' ? (
          <PortfolioPage
            key={`${persona.id}-${language}`}
            definition={definition}
            persona={persona}
            language={language}
            theme={theme}
            onOpen={(id) => go({ page: 'form', id })}
          />
        ) : (
          <OpportunityForm
            key={`${place.id}-${persona.id}-${language}`}
            id={place.id}
            definition={definition}
            persona={persona}
            language={language}
            theme={theme}
            onBack={toList}
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
    </div>
  );
}
