import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, render, screen } from '@testing-library/react';
import { GuidePage } from '../../../webresources/src/pages/connection-guide/guide-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { startPage } from '../../../webresources/src/pages/platform/start-page';

// Styles are the bundler's business.
jest.mock('../../../webresources/src/pages/platform/page.css', () => ({}));

const opened: unknown[] = [];

async function show(language: 1033 | 3084, connection: Record<string, unknown> | null, mayRead = true): Promise<void> {
  opened.splice(0);
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveMultipleRecords: async (table: string) => {
          if (!mayRead && table === 'crmjira_integration') throw { errorCode: 0x80040220, message: 'prvRead' };
          return { entities: table === 'crmjira_integration' && connection !== null ? [connection] : [] };
        },
      },
      Navigation: { navigateTo: async (page: unknown) => void opened.push(page) },
    },
  });
  const settings = { language, theme: null, recordId: null };
  render(<GuidePage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  await screen.findAllByRole('listitem');
}

describe('R-1501 a step that is not done leads to the page of the app where it is', () => {
  test.each([
    [1033, 'Open Integrations', { pageType: 'entitylist', entityName: 'crmjira_integration' }],
    [
      3084,
      'Ouvrir Santé de l’intégration',
      { pageType: 'webresource', webresourceName: 'crmjira_/pages/integration-health.html' },
    ],
    [1033, 'Open opportunities', { pageType: 'entitylist', entityName: 'opportunity' }],
  ] as const)('%s %s', async (language, name, page) => {
    await show(language, null);
    fireEvent.click(screen.getByRole('button', { name }));
    expect(opened).toEqual([page]);
  });

  test('a step that is done needs no way', async () => {
    await show(1033, {
      crmjira_base_url: 'https://jira.example',
      crmjira_last_test_on: new Date().toISOString(),
      crmjira_last_test_ok: true,
    });
    expect(screen.queryByRole('button', { name: 'Open Integrations' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Open Integration health' })).toBeNull();
  });
});

test('R-1501 nobody is led to pages that they may not read', async () => {
  await show(1033, null, false);
  expect(screen.getByText(/CRM-JIRA Integration Administrator/)).toBeInTheDocument();
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Check again']);
});

test('R-1936 in French one step done is no plural', async () => {
  await show(3084, null);
  expect(screen.getByText(/Étapes terminées\s: 1 sur 6/)).toBeInTheDocument();
});

test.each([
  [1033, 'This page shows data only inside Dynamics 365. Open it from the app.'],
  [3084, 'Cette page n’affiche des données que dans Dynamics 365. Ouvrez-la à partir de l’application.'],
])('F-122 outside of Dynamics a page says where it works, in the language of its address: %s', (language, words) => {
  Reflect.deleteProperty(globalThis, 'Xrm');
  history.replaceState(null, '', `?userlcid=${language}&data=theme%3Ddark`);
  document.body.innerHTML = '<div id="page"></div>';
  startPage({ 1033: 'Page', 3084: 'Page' }, () => <p>Nothing to show</p>);
  expect(screen.getByRole('alert')).toHaveTextContent(words);
});
