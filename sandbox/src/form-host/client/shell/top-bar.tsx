import * as React from 'react';
import type { Persona } from '../../contract';
import { initials } from '../form/form-header';
import { type Language, labelIn, languages } from '../language';
import { Icon } from '../platform/icons';
import type { Settings } from '../settings';
import { word } from '../words';

export type PanelName = 'log-work' | 'outbox';

export interface TopBarProps {
  readonly personas: readonly Persona[];
  readonly persona: Persona;
  readonly settings: Settings;
  readonly panel: PanelName | null;
  readonly onPersona: (id: string) => void;
  readonly onSettings: (change: Partial<Settings>) => void;
  readonly onPanel: (panel: PanelName | null) => void;
}

/** Name of the app, and what only a sandbox has: who one is, language, theme, Jira's side and the outbox. */
export function TopBar(props: TopBarProps) {
  const { persona, settings, panel } = props;
  const { language } = settings;
  const [open, setOpen] = React.useState(false);
  const toggle = (name: PanelName) => props.onPanel(panel === name ? null : name);
  return (
    <header className="top-bar">
      <Icon name="WaffleOffice365" className="waffle" />
      <span className="product">{word(language, 'product')}</span>
      <span className="pipe" aria-hidden="true">
        |
      </span>
      <span className="app-name">{word(language, 'app')}</span>
      <span className="space" />
      <PanelButton
        name="log-work"
        icon="Timer"
        text={word(language, 'logWork')}
        pressed={panel === 'log-work'}
        onClick={toggle}
      />
      <PanelButton
        name="outbox"
        icon="Mail"
        text={word(language, 'outbox')}
        pressed={panel === 'outbox'}
        onClick={toggle}
      />
      <div
        className="account"
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        onBlur={(event) => {
          if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
            setOpen(false);
        }}
      >
        <button type="button" className="avatar" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{initials(persona.name)}</span>
          <span className="visually-hidden">
            {word(language, 'actAs')} {persona.name}, {labelIn(language, persona.title)}
          </span>
        </button>
        {open && <Account {...props} language={language} />}
      </div>
    </header>
  );
}

interface PanelButtonProps {
  readonly name: PanelName;
  readonly icon: string;
  readonly text: string;
  readonly pressed: boolean;
  readonly onClick: (name: PanelName) => void;
}

function PanelButton({ name, icon, text, pressed, onClick }: PanelButtonProps) {
  return (
    <button
      type="button"
      className="top-button"
      aria-expanded={pressed}
      aria-label={text}
      onClick={() => onClick(name)}
    >
      <Icon name={icon} />
      <span className="top-button-text">{text}</span>
    </button>
  );
}

function Account(props: TopBarProps & { readonly language: Language }) {
  const { language, settings } = props;
  return (
    <div className="account-menu" role="group" aria-label={word(language, 'sandbox')} tabIndex={-1}>
      <fieldset>
        <legend>{word(language, 'actAs')}</legend>
        {props.personas.map((one) => (
          <label key={one.id} className="radio">
            <input
              type="radio"
              name="persona"
              value={one.id}
              checked={one.id === props.persona.id}
              onChange={() => props.onPersona(one.id)}
            />
            <span>
              <span className="strong">{one.name}</span>
              <span className="small sub">{labelIn(language, one.title)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{word(language, 'language')}</legend>
        {languages.map((one) => (
          <label key={one.code} className="radio" lang={one.locale}>
            <input
              type="radio"
              name="language"
              checked={one.code === language}
              onChange={() => props.onSettings({ language: one.code })}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{word(language, 'theme')}</legend>
        {(['light', 'dark'] as const).map((theme) => (
          <label key={theme} className="radio">
            <input
              type="radio"
              name="theme"
              checked={settings.theme === theme}
              onChange={() => props.onSettings({ theme })}
            />
            <span>{word(language, theme)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
