import * as React from 'react';
import type { HostDefinition } from '../../contract';
import { formatMoney } from '../format/format-value';
import { type Language, labelIn } from '../language';
import { addressOf } from '../navigation';
import { Icon } from '../platform/icons';
import { word } from '../words';
import { Burn } from './burn';
import { type OpportunityLine, readOpportunities } from './read-opportunities';

export interface OpportunityListProps {
  readonly definition: HostDefinition;
  readonly language: Language;
  readonly onOpen: (id: string) => void;
}

/** Milliseconds between two readings of the list. */
const readEvery = 5_000;

/** The start page: every opportunity with its budget and burn. */
export function OpportunityList({ definition, language, onOpen }: OpportunityListProps) {
  const [lines, setLines] = React.useState<readonly OpportunityLine[] | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  const [keyword, setKeyword] = React.useState('');
  React.useEffect(() => {
    document.title = `${word(language, 'opportunities')} - ${word(language, 'app')}`;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        const found = await readOpportunities(definition.processEntitySet);
        if (current) setLines(found);
        if (current) setProblem(null);
      } catch (error) {
        if (current) setProblem(error instanceof Error ? error.message : String(error));
      }
      if (current) timer = setTimeout(() => void read(), readEvery);
    };
    void read();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [definition, language]);

  const wanted = keyword.trim().toLocaleLowerCase();
  const shown = (lines ?? []).filter((line) =>
    `${line.name} ${line.account} ${line.projectKey ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  const labels = {
    name: word(language, 'topic'),
    account: word(language, 'account'),
    stage: word(language, 'stage'),
    budget: word(language, 'budget'),
    burn: word(language, 'burn'),
    project: word(language, 'jiraProject'),
    owner: word(language, 'owner'),
  };
  return (
    <div className="card list">
      <div className="list-head">
        <h1>{word(language, 'openOpportunities')}</h1>
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
      {problem && (
        <p className="message error" role="alert">
          <Icon name="ErrorBadge" />
          <span>
            {word(language, 'failed')}. {problem}
          </span>
        </p>
      )}
      {!lines && !problem && <p role="status">{word(language, 'loading')}</p>}
      {lines && lines.length === 0 && <p>{word(language, 'empty')}</p>}
      {lines && lines.length > 0 && (
        <table>
          <caption className="visually-hidden">{word(language, 'openOpportunities')}</caption>
          <thead>
            <tr>
              <th scope="col">{labels.name}</th>
              <th scope="col">{labels.account}</th>
              <th scope="col">{labels.stage}</th>
              <th scope="col" className="end">
                {labels.budget}
              </th>
              <th scope="col">{labels.burn}</th>
              <th scope="col">{labels.project}</th>
              <th scope="col">{labels.owner}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <a
                    href={addressOf({ page: 'form', id: line.id })}
                    onClick={(event) => {
                      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                      event.preventDefault();
                      onOpen(line.id);
                    }}
                  >
                    {line.name}
                  </a>
                </th>
                <td data-label={labels.account}>{line.account}</td>
                <td data-label={labels.stage}>{stageName(definition, line.stage, language)}</td>
                <td data-label={labels.budget} className="end number">
                  {line.budget !== null && (
                    <span>
                      {formatMoney(line.budget, line.currency, language)} <span className="sub">{line.currency}</span>
                    </span>
                  )}
                </td>
                <td data-label={labels.burn}>
                  <Burn line={line} language={language} />
                </td>
                <td data-label={labels.project}>
                  {line.projectKey ?? <span className="sub">{word(language, 'noProject')}</span>}
                </td>
                <td data-label={labels.owner}>{line.owner}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines && (
        <p className="small sub list-foot" role="status">
          {word(language, 'results', { n: shown.length })}
        </p>
      )}
    </div>
  );
}

function stageName(definition: HostDefinition, id: string | null, language: Language): string {
  return labelIn(language, definition.process?.stages.find((stage) => stage.id === id)?.name);
}
