import * as React from 'react';
import { CommandBar, type ICommandBarItemProps, ThemeProvider } from '@fluentui/react';
import type { HostDefinition, Persona } from '../../contract';
import { assignRecords, deleteRecords } from '../commands/record-commands';
import { formatMoney } from '../format/format-value';
import { type Language, labelIn } from '../language';
import { type HostTheme, pageTheme } from '../pcf/design-language';
import { Icon } from '../platform/icons';
import { hasRight } from '../security/entity-privilege';
import { PlaceLink, SelectAll, SortHeading } from '../sub-grid/grid';
import { ViewSelector } from '../sub-grid/view-selector';
import { word } from '../words';
import type { PageNavigator } from '../xrm/navigation-api';
import { Burn } from './burn';
import { type SortDirection, opportunityColumns, sortLines, stageName } from './opportunity-columns';
import { allOpportunities, opportunityViews } from './opportunity-views';
import { problemText } from '../web-api/problem-text';
import { type OpportunityLine, readOpportunities } from './read-opportunities';

export interface OpportunityListProps {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
}

/** Milliseconds between two readings of the list. */
const readEvery = 5_000;

/** The start page: opportunities by a view, with their budget and burn. */
export function OpportunityList({ definition, persona, language, theme, pageNavigator }: OpportunityListProps) {
  const [view, setView] = React.useState(allOpportunities);
  const [keyword, setKeyword] = React.useState('');
  const [sorting, setSorting] = React.useState<{ name: string; direction: SortDirection } | null>(null);
  const [chosen, choose] = React.useState<ReadonlySet<string>>(new Set());
  const { lines, problem, readAgain } = useLines(definition.processEntitySet, view.filter(persona.userId));
  React.useEffect(() => {
    document.title = `${word(language, 'opportunities')} - ${word(language, 'app')}`;
  }, [language]);

  const wanted = keyword.trim().toLocaleLowerCase();
  const found = (lines ?? []).filter((line) =>
    `${line.name} ${line.account} ${line.projectKey ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  const columns = opportunityColumns(definition);
  const sorted = columns.find(({ name }) => name === sorting?.name);
  const shown = sorted && sorting ? sortLines(found, sorted, sorting.direction, language) : found;
  // A row that is shown no longer is not selected either.
  const selected = new Set(shown.map(({ id }) => id).filter((id) => chosen.has(id)));
  const sortBy = (name: string) =>
    setSorting({
      name,
      direction: sorting?.name === name && sorting.direction === 'ascending' ? 'descending' : 'ascending',
    });
  const toggle = (id: string) => {
    const ids = new Set(selected);
    if (!ids.delete(id)) ids.add(id);
    choose(ids);
  };
  const title = labelIn(language, view.name);
  return (
    <div className="card list">
      <div className="list-head">
        <h1>{title}</h1>
        <ViewSelector
          views={opportunityViews}
          selected={view.id}
          language={language}
          onChoose={(id) => {
            setView(opportunityViews.find((one) => one.id === id) ?? allOpportunities);
            choose(new Set());
          }}
        />
        <span className="space" />
        <label className="list-search">
          <span className="visually-hidden">{word(language, 'search')}</span>
          <Icon name="Search" />
          <input
            type="search"
            placeholder={word(language, 'search')}
            value={keyword}
            onChange={(event) => setKeyword(event.target.value)}
          />
        </label>
      </div>
      {lines && (
        <SelectionCommands
          ids={[...selected]}
          persona={persona}
          language={language}
          theme={theme}
          listName={title}
          onDone={() => {
            choose(new Set());
            readAgain();
          }}
        />
      )}
      {problem && (
        <p className="message error" role="alert">
          <Icon name="ErrorBadge" />
          <span>
            {word(language, 'failed')}. {problemText(problem.error, language)}
          </span>
        </p>
      )}
      {!lines && !problem && <p role="status">{word(language, 'loading')}</p>}
      {lines && lines.length === 0 && <p>{word(language, 'empty')}</p>}
      {lines && lines.length > 0 && (
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <SelectAll
                ids={shown.map(({ id }) => id)}
                selectedIds={selected}
                language={language}
                onSelect={(ids) => choose(new Set(ids))}
              />
              {columns.map((column) => (
                <SortHeading
                  key={column.name}
                  label={word(language, column.word)}
                  sorted={sorting?.name === column.name ? sorting.direction : null}
                  isNumber={column.isNumber}
                  onSort={() => sortBy(column.name)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Line
                key={line.id}
                line={line}
                definition={definition}
                language={language}
                isSelected={selected.has(line.id)}
                onToggle={() => toggle(line.id)}
                onGo={pageNavigator.go}
              />
            ))}
          </tbody>
        </table>
      )}
      {lines && (
        <p className="small sub list-foot" role="status">
          {word(language, 'results', { n: shown.length })}
          {selected.size > 0 && ` · ${word(language, 'selected', { n: selected.size })}`}
        </p>
      )}
    </div>
  );
}

/** Rows of a view, read again and again; null until they are read. */
function useLines(processSet: string, filter: string) {
  const [read, setRead] = React.useState<{ filter: string; lines: readonly OpportunityLine[] } | null>(null);
  const [problem, setProblem] = React.useState<{ readonly error: unknown } | null>(null);
  const [asked, readAgain] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const lines = await readOpportunities(processSet, filter);
        if (current) setRead({ filter, lines });
        if (current) setProblem(null);
      } catch (error) {
        if (current) setProblem({ error });
      }
      if (current) timer = setTimeout(() => void look(), readEvery);
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [processSet, filter, asked]);
  return { lines: read?.filter === filter ? read.lines : null, problem, readAgain };
}

interface SelectionCommandsProps {
  readonly ids: readonly string[];
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly listName: string;
  readonly onDone: () => void;
}

/** What the person's roles let do with the selected rows. */
function SelectionCommands({ ids, persona, language, theme, listName, onDone }: SelectionCommandsProps) {
  const records = { table: 'opportunity', ids, language };
  const item = (key: 'assign' | 'delete', act: () => Promise<boolean>): ICommandBarItemProps => ({
    key,
    text: word(language, key),
    iconProps: { iconName: key === 'assign' ? 'Contact' : 'Delete' },
    disabled: ids.length === 0,
    onClick: () => void act().then((isDone) => isDone && onDone()),
  });
  const items = [
    ...(hasRight(persona, 'opportunity', 'Assign') ? [item('assign', () => assignRecords(records))] : []),
    ...(hasRight(persona, 'opportunity', 'Delete') ? [item('delete', () => deleteRecords(records))] : []),
  ];
  if (items.length === 0) return null;
  return (
    <ThemeProvider theme={pageTheme(theme)} applyTo="none">
      <div className="list-commands">
        <CommandBar items={items} ariaLabel={`${word(language, 'commands')}: ${listName}`} />
      </div>
    </ThemeProvider>
  );
}

interface LineProps {
  readonly line: OpportunityLine;
  readonly definition: HostDefinition;
  readonly language: Language;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
  readonly onGo: PageNavigator['go'];
}

function Line({ line, definition, language, isSelected, onToggle, onGo }: LineProps) {
  return (
    <tr className={isSelected ? 'selected' : undefined}>
      <td className="select">
        <input
          type="checkbox"
          aria-label={word(language, 'selectRow', { name: line.name })}
          checked={isSelected}
          onChange={onToggle}
        />
      </td>
      <th scope="row">
        <PlaceLink place={{ page: 'form', id: line.id }} text={line.name} onGo={onGo} />
      </th>
      <td data-label={word(language, 'account')}>{line.account}</td>
      <td data-label={word(language, 'stage')}>{stageName(definition, line.stage, language)}</td>
      <td data-label={word(language, 'budget')} className="end number">
        {line.budget !== null && (
          <span>
            {formatMoney(line.budget, line.currency, language)} <span className="sub">{line.currency}</span>
          </span>
        )}
      </td>
      <td data-label={word(language, 'burn')}>
        <Burn line={line} language={language} />
      </td>
      <td data-label={word(language, 'jiraProject')}>
        {line.projectKey ?? <span className="sub">{word(language, 'noProject')}</span>}
      </td>
      <td data-label={word(language, 'owner')}>{line.owner}</td>
    </tr>
  );
}
