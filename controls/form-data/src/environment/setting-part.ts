import type { Part } from '../store/part';
import { DEFAULT_SETTINGS, SETTINGS_QUERY, type Settings, parseSettings } from './settings';

/** They only phrase texts, so the defaults stand in for people who may not read environment variables. Read once a form. */
export const settingPart: Part<'settings', Settings> = {
  name: 'settings',
  select: SETTINGS_QUERY,
  first: true,
  read: ({ webApi }) =>
    webApi.retrieveMultipleRecords('environmentvariabledefinition', SETTINGS_QUERY).then(
      ({ entities }) => parseSettings(entities),
      () => DEFAULT_SETTINGS,
    ),
  stands: () => true,
};
