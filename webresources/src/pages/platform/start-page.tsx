import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { Language } from '@crmjira/domain';
import { userLanguage } from '../../opportunity-form/words';
import { pageFailuresTexts } from '../../strings/generated/page-failures';
import { NotInDynamicsError, adoptXrm } from './adopt-xrm';
import { type PageFormat, pageFormat } from './page-format';
import { type PageSettings, pageSettings } from './page-settings';
import './page.css';

/** What every page is given by its host. */
export interface PageFacts {
  readonly language: Language;
  readonly format: PageFormat;
  readonly dark: boolean;
  readonly settings: PageSettings;
}

/**
 * Finds the client API, language and theme, and draws the page. Without the client API the page says where it works.
 * @param title of the document, by language
 */
export function startPage(
  title: Readonly<Record<Language, string>>,
  Page: (props: { readonly facts: PageFacts }) => React.ReactElement,
): void {
  const root = document.getElementById('page');
  const settings = pageSettings(location.search);
  const dark =
    settings.theme === null ? window.matchMedia('(prefers-color-scheme: dark)').matches : settings.theme === 'dark';
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  try {
    adoptXrm(window);
  } catch (error) {
    if (!(error instanceof NotInDynamicsError)) throw error;
    const spoken = settings.language ?? (navigator.language.startsWith('fr') ? 3084 : 1033);
    ReactDOM.render(<p role="alert">{pageFailuresTexts.notInDynamics[spoken]}</p>, root);
    return;
  }
  const language = settings.language ?? userLanguage();
  const { userSettings } = Xrm.Utility.getGlobalContext();
  const format = pageFormat(language, () => userSettings.getTimeZoneOffsetMinutes());
  document.documentElement.lang = language === 3084 ? 'fr-CA' : 'en-CA';
  document.title = title[language];
  ReactDOM.render(<Page facts={{ language, format, dark, settings }} />, root);
}
