import * as React from 'react';
import { DEFAULT_SETTINGS, readSettings } from '@crmjira/form-data';
import { useReading } from '../use-reading';
import type { WebApi } from './read-figures';

/** Share of the budget from which is warned, as the environment sets it; the default until it is read. */
export function useWarningPercent(webApi: WebApi): number {
  const [{ warningPercent }, set] = React.useState(DEFAULT_SETTINGS);
  useReading('settings', () => readSettings(webApi), set);
  return warningPercent;
}
