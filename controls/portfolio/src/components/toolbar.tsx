/** @jsx h */
import type * as React from 'react';
import { h } from '@crmjira/form-data';
import { CHOICES } from '../rows/filter';
import type { PortfolioCardProps } from './portfolio-card';

/** What narrows the rows. */
export function Toolbar({ view, onChoice, onKeyword }: PortfolioCardProps): React.ReactElement {
  const { filter } = view;
  return (
    <div className="crmjira-toolbar">
      <label>
        <span>{filter.choiceText}</span>
        <select
          value={filter.choice}
          onChange={({ target }) => onChoice(CHOICES.find((choice) => choice === target.value) ?? 'all')}
        >
          {filter.choices.map(({ choice, text }) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{filter.keywordText}</span>
        <input type="search" defaultValue="" onChange={({ target }) => onKeyword(target.value)} />
      </label>
    </div>
  );
}
