import * as React from 'react';
import { SyncTrigger } from '@crmjira/domain';
import type { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import { type IntegrationsSay, triggerText } from '../integrations/run-words';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { BY_SERVICE, type Filter, MOST_WORDS, type Tab } from './logs-view';
import type { Logs } from './read-logs';

interface FiltersProps {
  readonly tab: Tab;
  readonly filter: Filter;
  readonly logs: Logs | null;
  readonly say: Say<typeof integrationsLogsTexts>;
  readonly sayShared: IntegrationsSay;
  readonly format: PageFormat;
  readonly onFilter: (filter: Filter) => void;
}

/** What is looked for: dates, integration, status, trigger, person, words (R-1615). */
export function Filters(props: FiltersProps): React.ReactElement {
  const { tab, filter, logs, say, sayShared, format, onFilter } = props;
  const change = (part: Partial<Filter>): void => onFilter({ ...filter, ...part });
  const integrations = logs?.integrations ?? [];
  const people = [...(logs?.people ?? [])].sort(([, one], [, other]) => one.localeCompare(other));
  const isWrong = filter.from !== '' && filter.to !== '' && filter.from > filter.to;
  return (
    <div role="group" aria-label={say('filters')} className="logs-filters">
      <label className="page-field">
        {say('from')}
        <input
          type="date"
          className="page-input"
          value={filter.from}
          aria-invalid={isWrong}
          onChange={({ currentTarget }) => change({ from: currentTarget.value })}
        />
      </label>
      <label className="page-field">
        {say('to')}
        <input
          type="date"
          className="page-input"
          value={filter.to}
          onChange={({ currentTarget }) => change({ to: currentTarget.value })}
        />
      </label>
      <Choice
        name={sayShared('integration')}
        value={filter.integrationId}
        onChange={(integrationId) => change({ integrationId })}
        options={[
          ['', say('allN', { n: format.number(integrations.length) })],
          ...integrations.map(({ id, name }) => [id, name] as const),
        ]}
      />
      {tab === 'runs' && (
        <>
          <Choice
            name={say('status')}
            value={filter.status}
            // the values are those of the list
            onChange={(status) => change({ status: status as Filter['status'] })}
            options={[
              ['all', say('all')],
              ...(['succeeded', 'failed', 'running'] as const).map((one) => [one, sayShared(one)] as const),
            ]}
          />
          <Choice
            name={say('trigger')}
            value={filter.trigger}
            onChange={(trigger) => change({ trigger })}
            options={[
              ['', say('all')],
              ...Object.values(SyncTrigger).map((one) => [String(one), triggerText(one, sayShared)] as const),
            ]}
          />
        </>
      )}
      <Choice
        name={say('by')}
        value={filter.by}
        onChange={(by) => change({ by })}
        options={[['', say('anyone')], [BY_SERVICE, sayShared('service')], ...people]}
      />
      <label className="page-field logs-words">
        {say('words')}
        <input
          type="search"
          className="page-input"
          placeholder={say(tab === 'runs' ? 'wordsHint' : 'actWordsHint')}
          maxLength={MOST_WORDS}
          value={filter.words}
          onChange={({ currentTarget }) => change({ words: currentTarget.value })}
        />
      </label>
      {isWrong && (
        <p role="alert" className="logs-wrong">
          {say('periodWrong')}
        </p>
      )}
    </div>
  );
}

function Choice(props: {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}): React.ReactElement {
  const { name, value, options, onChange } = props;
  return (
    <label className="page-field">
      {name}
      <select className="page-input" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
