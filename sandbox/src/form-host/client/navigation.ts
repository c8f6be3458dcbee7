import * as React from 'react';

export type Place =
  | { readonly page: 'list' }
  /** All that the app's site map leads to. */
  | { readonly page: 'site-map' }
  | { readonly page: 'form'; readonly id: string }
  /** Rows of a table of the solution; without a view, by its default one. */
  | { readonly page: 'table'; readonly table: string; readonly viewId: string | null }
  | { readonly page: 'record'; readonly table: string; readonly id: string }
  /** Form of a row that is not saved yet, with the values that it begins with: column → text. */
  | { readonly page: 'new-record'; readonly table: string; readonly values: Readonly<Record<string, string>> }
  /** An HTML web resource, by its name in the tenant; on a record, or with data, when it is given one. */
  | { readonly page: 'web-resource'; readonly name: string; readonly id: string | null; readonly data: string | null };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TABLE = /^[a-z][a-z0-9_]*$/;
/** Pages of the product only: nothing else may be put into the frame. */
const WEB_RESOURCE = /^crmjira_\/pages\/[a-z-]+\.html$/;

/** Its list is the page's own; every other table has one of the same kind. */
const OPPORTUNITY = 'opportunity';

/** Id as the Web API writes it; null for what is none. */
export function guidOf(id: string | null | undefined): string | null {
  const bare = id?.replace(/[{}]/g, '').toLowerCase() ?? '';
  return GUID.test(bare) ? bare : null;
}

/** Form of a row; null where table or id are none. */
export function recordPlace(table: string, id: string | null | undefined): Place | null {
  const guid = guidOf(id);
  if (guid === null || !TABLE.test(table)) return null;
  return table === OPPORTUNITY ? { page: 'form', id: guid } : { page: 'record', table, id: guid };
}

/** Form of a new row; null where the table is none. */
export function newRecordPlace(table: string, values: Readonly<Record<string, string>> = {}): Place | null {
  return TABLE.test(table) ? { page: 'new-record', table, values } : null;
}

/** List of a table; null where the name is none. */
export function listPlace(table: string, viewId?: string | null): Place | null {
  if (table === OPPORTUNITY) return { page: 'list' };
  return TABLE.test(table) ? { page: 'table', table, viewId: guidOf(viewId) } : null;
}

/** A page of the product; null for any other web resource. */
export function webResourcePlace(name: string, id?: string | null, data?: string | null): Place | null {
  return WEB_RESOURCE.test(name) ? { page: 'web-resource', name, id: guidOf(id), data: data ?? null } : null;
}

/**
 * Addresses as a model-driven app has them: `main.aspx?pagetype=entityrecord&etn=opportunity&id=…`, for a new row `&extraqs=…` in place
 * of the id, `…?pagetype=entitylist&etn=…` and `…?pagetype=webresource&webresourceName=…` (Microsoft, "Open forms, views, dialogs, and
 * reports with a URL").
 */
export function placeOf({ searchParams }: URL): Place {
  const given = (name: string): string => searchParams.get(name) ?? '';
  const places: Readonly<Record<string, () => Place | null>> = {
    entityrecord: () =>
      searchParams.has('id')
        ? recordPlace(given('etn'), given('id'))
        : newRecordPlace(given('etn'), Object.fromEntries(new URLSearchParams(given('extraqs')))),
    entitylist: () => listPlace(given('etn'), given('viewid')),
    sitemap: () => ({ page: 'site-map' }),
    webresource: () => webResourcePlace(given('webresourceName'), given('id'), searchParams.get('data')),
  };
  return places[given('pagetype')]?.() ?? { page: 'list' };
}

export function addressOf(place: Place): string {
  const view = (id: string | null) => (id === null ? '' : `&viewid=${id}`);
  switch (place.page) {
    case 'list':
      return '/';
    case 'site-map':
      return '/main.aspx?pagetype=sitemap';
    case 'table':
      return `/main.aspx?pagetype=entitylist&etn=${place.table}${view(place.viewId)}`;
    case 'form':
      return `/main.aspx?pagetype=entityrecord&etn=${OPPORTUNITY}&id=${place.id}`;
    case 'record':
      return `/main.aspx?pagetype=entityrecord&etn=${place.table}&id=${place.id}`;
    case 'new-record': {
      const values = new URLSearchParams(place.values).toString();
      const given = values === '' ? '' : `&extraqs=${encodeURIComponent(values)}`;
      return `/main.aspx?pagetype=entityrecord&etn=${place.table}${given}`;
    }
    case 'web-resource': {
      const name = `/main.aspx?pagetype=webresource&webresourceName=${encodeURIComponent(place.name)}`;
      const data = place.data === null ? '' : `&data=${encodeURIComponent(place.data)}`;
      return `${name}${place.id ? `&id=${place.id}` : ''}${data}`;
    }
  }
}

/** Where one comes to from a page that was not reached from another one. */
export function parentOf(place: Place): Place {
  const isRow = place.page === 'record' || place.page === 'new-record';
  return (isRow ? listPlace(place.table) : null) ?? { page: 'list' };
}

/** How many pages of this app lie behind the shown one in the browser's history. */
function depth(): number {
  const state: unknown = history.state;
  const kept = typeof state === 'object' && state !== null ? Reflect.get(state, 'depth') : 0;
  return typeof kept === 'number' ? kept : 0;
}

export interface Navigation {
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** Elsewhere, and not back again: the page before stays the one before. */
  readonly replace: (place: Place) => void;
  /** To the page before, as the form's own arrow does; to the list where there is none. */
  readonly back: () => void;
}

/** Where the person is, and the way to go elsewhere with the browser's own history. */
export function useNavigation(): Navigation {
  const [place, set] = React.useState(() => placeOf(new URL(location.href)));
  React.useEffect(() => {
    const follow = () => set(placeOf(new URL(location.href)));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = React.useCallback((to: Place) => {
    history.pushState({ depth: depth() + 1 }, '', addressOf(to));
    set(to);
    window.scrollTo(0, 0);
  }, []);
  const replace = React.useCallback((to: Place) => {
    history.replaceState({ depth: depth() }, '', addressOf(to));
    set(to);
  }, []);
  const back = React.useCallback(() => {
    if (depth() > 0) history.back();
    else go(parentOf(placeOf(new URL(location.href))));
  }, [go]);
  return { place, go, replace, back };
}
