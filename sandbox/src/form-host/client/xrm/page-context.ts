import { placeOf } from '../navigation';

/**
 * `getPageContext`: what the page's address says is shown.
 * @throws Error on a page of another kind
 */
export function pageContextOf(address: string) {
  const place = placeOf(new URL(address));
  switch (place.page) {
    case 'form':
      return { input: { pageType: 'entityrecord', entityName: 'opportunity', entityId: place.id } };
    case 'record':
      return { input: { pageType: 'entityrecord', entityName: place.table, entityId: place.id } };
    case 'new-record':
      return { input: { pageType: 'entityrecord', entityName: place.table } };
    case 'list':
      return { input: { pageType: 'entitylist', entityName: 'opportunity' } };
    case 'table':
      return list(place.table, place.viewId);
    case 'web-resource':
      return { input: { pageType: 'webresource', webresourceName: place.name } };
    case 'site-map':
      throw new Error('The site map is no page that a script knows.');
  }
}

function list(entityName: string, viewId: string | null) {
  const view = viewId === null ? {} : { viewId, viewType: 'savedquery' };
  return { input: { pageType: 'entitylist', entityName, ...view } };
}
