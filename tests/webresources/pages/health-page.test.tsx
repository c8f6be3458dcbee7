import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, render, screen } from '@testing-library/react';
import { HealthPage } from '../../../webresources/src/pages/integration-health/health-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const opened: unknown[] = [];

beforeEach(() => {
  opened.splice(0);
  Object.assign(globalThis, {
    // jsdom lays nothing out: there is no width to hear of
    ResizeObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
    Xrm: {
      WebApi: { retrieveMultipleRecords: async () => ({ entities: [] }) },
      Navigation: { navigateTo: async (page: unknown) => void opened.push(page) },
    },
  });
});

test.each([
  [1033, 'All log entries'],
  [3084, 'Toutes les entrées du journal'],
] as const)('R-1104 beside the newest errors stands the way to the whole log (%s)', async (language, name) => {
  const settings = { language, theme: null, recordId: null };
  render(<HealthPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  fireEvent.click(await screen.findByRole('button', { name }));
  expect(opened).toEqual([{ pageType: 'entitylist', entityName: 'crmjira_integration_log' }]);
});
