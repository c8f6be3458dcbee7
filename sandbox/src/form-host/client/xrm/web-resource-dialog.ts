import type { Language } from '../language';
import { word } from '../words';

/** What the product asks of `Xrm.Navigation.navigateTo`: an HTML web resource in a dialog. */
export interface WebResourcePage {
  readonly pageType: string;
  readonly webresourceName: string;
  readonly data?: string;
}

/** Pages of the product only: nothing else may be put into the frame. */
const WEB_RESOURCE = /^crmjira_\/pages\/[a-z-]+\.html$/;

/**
 * An HTML web resource in a modal dialog. That the promise resolves once the dialog is closed is as the client API documents
 * `navigateTo`; that the page may close it by `window.close()` is assumed.
 */
export function webResourceDialog(page: WebResourcePage, language: Language): Promise<void> {
  if (page.pageType !== 'webresource' || !WEB_RESOURCE.test(page.webresourceName))
    return Promise.reject(new Error(`The host opens pages of the product only, not "${page.webresourceName}".`));
  const dialog = document.createElement('dialog');
  dialog.className = 'card page-dialog';
  dialog.setAttribute('aria-label', word(language, 'linkProject'));
  const query = new URLSearchParams({
    orgname: 'sandbox',
    orglcid: '1033',
    userlcid: String(language),
    data: page.data ?? '',
  });
  const frame = document.createElement('iframe');
  frame.title = word(language, 'linkProject');
  frame.src = `/WebResources/${page.webresourceName}?${query.toString()}`;
  const close = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button',
    textContent: '×',
  });
  close.setAttribute('aria-label', word(language, 'close'));
  close.addEventListener('click', () => dialog.close());
  frame.addEventListener('load', () => {
    if (frame.contentWindow !== null) frame.contentWindow.close = () => dialog.close();
    frame.focus();
  });
  dialog.append(frame, close);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
  });
}
