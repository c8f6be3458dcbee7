import type { Part } from '../store/part';
import { SETTINGS_QUERY, type Settings, readSettings } from './settings';

/** Read once a form. */
export const settingPart: Part<'settings', Settings> = {
  name: 'settings',
  select: SETTINGS_QUERY,
  first: true,
  read: ({ webApi }) => readSettings(webApi),
  stands: () => true,
};
