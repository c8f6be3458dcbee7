import * as React from 'react';
import type { HostDefinition, Persona, ViewDefinition } from '../../contract';
import { type Language, labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import { type ControlClass, findDefinition, loadControl } from '../pcf/registry';
import { HomepageCommands } from '../ribbon/homepage-commands';
import { entitySetOf } from '../web-api/tables';
import { ViewSelector } from '../sub-grid/view-selector';
import { useCurrencies } from '../web-api/currencies';
import { readFetch } from '../web-api/web-api';
import { word } from '../words';
import type { PageNavigator } from '../xrm/navigation-api';
import { createDataSet } from './data-set';
import { createDataSetContext } from './data-set-context';
import { recordOf } from './record';
import { shownDataSet } from './shown-data-set';

export interface PortfolioPageProps {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
  /** null: the default one */
  readonly viewId: string | null;
}

const CONTROL = 'CrmJira.Portfolio';

/** The list page of the budget mappings: a view to choose, its rows shown by the data set component. */
export function PortfolioPage(props: PortfolioPageProps) {
  const { definition, language } = props;
  const { views } = definition.mappings;
  const [viewId, setViewId] = React.useState(props.viewId ?? views[0]?.id ?? '');
  const view = views.find(({ id }) => id === viewId) ?? views[0];
  const control = useControl(definition);
  const currencies = useCurrencies();
  React.useEffect(() => {
    document.title = `${word(language, 'portfolio')} - ${word(language, 'app')}`;
  }, [language]);
  return (
    <div className="card view">
      <div className="list-head">
        <h1>{word(language, 'portfolio')}</h1>
        <ViewSelector views={views} selected={view?.id} language={language} onChoose={setViewId} />
      </div>
      {control === 'failed' && (
        <p className="message error" role="alert">
          {word(language, 'controlMissing', { name: CONTROL })}
        </p>
      )}
      {view && currencies && typeof control === 'function' && (
        <RunningPortfolio key={view.id} {...props} view={view} control={control} currencies={currencies} />
      )}
    </div>
  );
}

function useControl(definition: HostDefinition): ControlClass | 'failed' | null {
  const [control, setControl] = React.useState<ControlClass | 'failed' | null>(null);
  React.useEffect(() => {
    const found = findDefinition(definition.controls, CONTROL);
    if (!found) return setControl('failed');
    loadControl(found).then(
      // a class is a function: React would call it, had it not been wrapped
      (loaded) => setControl(() => loaded),
      (error: unknown) => {
        console.error(error);
        setControl('failed');
      },
    );
  }, [definition]);
  return control;
}

interface RunningProps extends PortfolioPageProps {
  readonly view: ViewDefinition;
  readonly control: ControlClass;
  readonly currencies: ReadonlyMap<string, string>;
}

function RunningPortfolio(props: RunningProps) {
  const { definition, view, control: Control, language, currencies } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const [width, setWidth] = React.useState(-1);
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const [ribbonRefreshes, refreshRibbon] = React.useReducer((count: number) => count + 1, 0);
  const fetchXml = React.useRef('');
  const table = definition.mappings;
  const [dataset] = React.useState(() =>
    createDataSet({
      table,
      view,
      title: labelIn(language, view.name),
      read: (query) => {
        fetchXml.current = query;
        return readFetch(entitySetOf(table.name), query);
      },
      record: (row) => recordOf(row, { table, language, currencyCode: (id) => currencies.get(id) ?? 'CAD' }),
      label: (column) => labelIn(language, table.columns[column]?.label),
      // A component may ask for a refresh while it is drawn: the page follows afterwards.
      changed: () => queueMicrotask(draw),
    }),
  );
  const instance = React.useRef<ComponentFramework.ReactControl<unknown, unknown> | null>(null);
  const found = findDefinition(definition.controls, CONTROL);
  React.useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.getBoundingClientRect().width)));
    observer.observe(element);
    setWidth(Math.floor(element.getBoundingClientRect().width));
    return () => observer.disconnect();
  }, []);
  React.useEffect(() => {
    // The platform reads the view before the component asks for anything.
    dataset.refresh();
    return () => instance.current?.destroy();
  }, [dataset]);
  if (!found) return null;
  const context = createDataSetContext({
    definition: found,
    dataset,
    persona: props.persona,
    language,
    theme: props.theme,
    width,
    updatedProperties: ['dataset'],
    pageNavigator: props.pageNavigator,
  });
  if (!instance.current) {
    instance.current = new Control();
    instance.current.init(context, () => undefined, {});
  }
  const grid = shownDataSet({ dataset, table, view, fetchXml: fetchXml.current, refreshRibbon });
  return (
    <>
      <HomepageCommands
        {...props}
        grid={grid}
        version={`${dataset.sortedRecordIds.join()} ${[...grid.selectedIds].join()} ${ribbonRefreshes}`}
      />
      <div ref={box} className="control-box" data-control={CONTROL}>
        {width >= 0 && instance.current.updateView(context)}
      </div>
    </>
  );
}
