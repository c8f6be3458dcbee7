/** @jsx h */
import type * as React from 'react';
import { Icon, h } from '@crmjira/form-data';
import { DefaultButton } from '@fluentui/react';
import type { Choice } from '../rows/filter';
import type { PortfolioCardProps } from './portfolio-card-props';

/** What can be asked for the selected rows, and what narrows the rows. */
export function Toolbar({ view, onTool, onChoice, onKeyword }: PortfolioCardProps): React.ReactElement {
  return (
    <div className="crmjira-toolbar">
      {view.tools.map(({ name, icon, text, disabled }) => (
        <DefaultButton
          key={name}
          text={text}
          disabled={disabled}
          // Who comes by keyboard learns that it is there.
          allowDisabledFocus
          onClick={() => disabled || onTool(name, text)}
          onRenderIcon={() => <Icon name={icon} />}
        />
      ))}
      <span className="crmjira-spring" />
      <select
        aria-label={view.choiceText}
        value={view.choice}
        // Its values are the choices.
        onChange={({ target }) => onChoice(target.value as Choice)}
      >
        {view.choices.map(({ choice, text }) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
      <input
        type="search"
        aria-label={view.keywordText}
        placeholder={view.keywordText}
        onChange={({ target }) => onKeyword(target.value)}
      />
    </div>
  );
}
