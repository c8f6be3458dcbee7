import type { Language } from '@crmjira/domain';

/** What the address of a web resource page says (Microsoft, "Pass parameters to HTML web resources"). */
export interface PageSettings {
  /** null: the address does not say; the user's settings do */
  readonly language: Language | null;
  readonly theme: 'light' | 'dark' | null;
  /** record that the page stands on; null where it stands on none */
  readonly recordId: string | null;
  /** several that were selected, of a page that takes them; left out: none were */
  readonly recordIds?: readonly string[];
}

const GUID = /^\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/i;

/** @param search query of the address; `data` is our own, of the form `theme=dark` */
export function pageSettings(search: string): PageSettings {
  const query = new URLSearchParams(search);
  const data = new URLSearchParams(query.get('data') ?? '');
  const theme = data.get('theme');
  const ids = (data.get('ids') ?? '').split(',').flatMap((id) => GUID.exec(id)?.[1]?.toLowerCase() ?? []);
  return {
    language: languageOf(query.get('userlcid')),
    theme: theme === 'dark' || theme === 'light' ? theme : null,
    recordId: GUID.exec(query.get('id') ?? data.get('id') ?? '')?.[1]?.toLowerCase() ?? null,
    ...(ids.length === 0 ? {} : { recordIds: ids }),
  };
}

function languageOf(text: string | null): Language | null {
  if (text === null || text === '') return null;
  // Canada's French and France's share the texts; any other language gets the English ones.
  return text === '3084' || text === '1036' ? 3084 : 1033;
}
